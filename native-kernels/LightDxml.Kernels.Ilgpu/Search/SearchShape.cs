namespace LightDxml.Kernels.Ilgpu.Search;

/// <summary>What a search needs of device memory.</summary>
/// <param name="Stride">Floats of a query.</param>
/// <param name="Columns">Products of a query: the label count, or the most candidates of an inverted file.</param>
/// <param name="WholeColumns">Whether all products of a query must be there at once.</param>
/// <param name="Clusters">Lists of an inverted file that a query is compared with first, or 0.</param>
/// <param name="Probes">Lists that it probes.</param>
internal readonly record struct SearchShape(int Stride, int Columns, bool WholeColumns = false, int Clusters = 0, int Probes = 0)
{
    private const int Key = sizeof(ulong);

    /// <summary>Device memory of a query: itself, its products (with their rows in an inverted file), its best twice with a floor, its results.</summary>
    public long BytesPerQuery(int columns, int width)
    {
        var bytes = sizeof(float) * (long)Stride + sizeof(float) * (long)columns + (2 * Key + sizeof(int) + sizeof(float)) * (long)width + Key;
        return Clusters == 0
            ? bytes
            : bytes + sizeof(int) * (long)columns + sizeof(int) + sizeof(float) * (long)Math.Min(Clusters, SearchPlan.MostColumns) + 2L * Key * Probes + Key;
    }
}
