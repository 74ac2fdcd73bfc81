namespace LightDxml.Indexes;

/// <summary>One thread's working memory for searching inverted lists; grows to the largest search, its content lost.</summary>
internal sealed class IvfScratch
{
    /// <summary>Queries side by side, [queries, stride].</summary>
    public float[] Queries { get; private set; } = [];

    /// <summary>[queries, probes], the lists that each query looks through.</summary>
    public int[] Probes { get; private set; } = [];

    public float[] ProbeSimilarities { get; private set; } = [];

    /// <summary>[queries, probes + 1], where the similarities of each list begin in the candidates.</summary>
    public int[] Starts { get; private set; } = [];

    /// <summary>Similarities to the labels of the lists.</summary>
    public float[] Candidates { get; private set; } = [];

    /// <summary>[clusters + 1], where each cluster's part of <see cref="Visits"/> begins.</summary>
    public int[] VisitOffsets { get; private set; } = [];

    /// <summary>Which query looks through a cluster at which of its lists, as query · (probes + 1) + list, cluster by cluster.</summary>
    public int[] Visits { get; private set; } = [];

    /// <summary>The products of some queries with a part of a list, before they are put to the queries' candidates.</summary>
    public float[] Products { get; private set; } = [];

    /// <summary>Places of the best candidates.</summary>
    public int[] Places { get; private set; } = [];

    public float[] Best { get; private set; } = [];

    public void ReserveQueries(int count, int stride)
    {
        if (Queries.Length < count * stride)
            Queries = GC.AllocateUninitializedArray<float>(count * stride);
    }

    public void ReserveProbes(int queries, int probes)
    {
        if (Starts.Length >= queries * (probes + 1))
            return;
        Starts = new int[queries * (probes + 1)];
        Probes = new int[queries * (probes + 1)];
        ProbeSimilarities = new float[queries * (probes + 1)];
    }

    public void ReserveCandidates(int count)
    {
        // A product writes up to 15 places behind its end. Blocks of many candidates differ a little.
        if (Candidates.Length < count + 16)
            Candidates = GC.AllocateUninitializedArray<float>((int)Math.Min(Array.MaxLength, count + count / 16L + 16));
    }

    public void ReserveVisits(int clusters, int visits, int products)
    {
        if (VisitOffsets.Length < clusters + 1)
            VisitOffsets = new int[clusters + 1];
        if (Visits.Length < visits)
            Visits = new int[visits];
        if (Products.Length < products)
            Products = new float[products];
    }

    public void ReserveWidth(int width)
    {
        if (Places.Length >= width)
            return;
        Places = new int[width];
        Best = new float[width];
    }
}
