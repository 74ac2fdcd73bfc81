using LightDxml.Data;

namespace LightDxml.Kernels.Tests.Linear;

/// <summary>Values that bfloat16 holds: eight significant bits.</summary>
internal static class Bfloat16
{
    public static float Round(float value)
    {
        if (value == 0)
            return 0;
        var step = Math.ScaleB(1, Math.ILogB(value) - 7);
        return (float)(Math.Round(value / step, MidpointRounding.ToEven) * step);
    }

    public static Dataset Round(Dataset data)
    {
        var rows = Enumerable.Range(0, data.PointCount)
            .Select(point => (data.Features.RowColumns(point).ToArray(), Array.ConvertAll(data.Features.RowValues(point).ToArray(), Round))).ToArray();
        return data with { Features = SparseMatrix.OfRows(rows, data.FeatureCount) };
    }
}
