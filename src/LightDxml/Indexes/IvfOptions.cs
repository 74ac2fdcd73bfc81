using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Kernels.Clustering;

namespace LightDxml.Indexes;

/// <summary>Settings of an inverted file, on the processor or on a GPU.</summary>
/// <param name="Clusters">Lists that the labels are shared out among; 0 is four times the root of the label count, on the processor with long lists split.</param>
/// <param name="Probes">Lists that a search looks through; 0 is a sixteenth of them, 8 at least, and enough for the width.</param>
/// <param name="Iterations">Rounds of k-means.</param>
/// <param name="Seed">Seed of the first centroids.</param>
/// <param name="SampledPerCluster">Rows for each cluster that the centroids are found on.</param>
/// <param name="Width">Labels that searches will ask for, where that is known: the lists looked through hold 12 times as many on average.</param>
internal sealed record IvfOptions(int Clusters = 0, int Probes = 0, int Iterations = 5, int Seed = 1, int SampledPerCluster = 32, int Width = 0)
{
    /// <summary>A list shorter than this is hardly worth a probe.</summary>
    private const int LeastLabelsPerList = 16;

    /// <summary>
    /// Labels that lists hold for each that is asked for. Of the 34,796 label embeddings of TIBKAT-GND, lists that hold 11 times 400 labels
    /// find 0.93 of a document's best 400, 0.98 of its best 100 and 0.995 of its best 10, and a model that was trained and predicts by them
    /// is as accurate as with all labels; with lists that hold half as many it is not (docs/research/experiments.md).
    /// </summary>
    private const int LabelsForOneFound = 12;

    /// <summary>The same lists as a GPU builds them, where more rounds over more rows take little time.</summary>
    public IvfOptions OnGpu => this with { Iterations = 10, SampledPerCluster = 64 };

    public int ClustersFor(int labelCount) => Math.Max(1, Clusters > 0
        ? Math.Min(Clusters, labelCount)
        : Math.Min((int)(4 * Math.Sqrt(labelCount)), labelCount / LeastLabelsPerList));

    public int ProbesFor(int clusters, int labelCount)
    {
        var forWidth = (int)Math.Min(clusters, (long)LabelsForOneFound * Width * clusters / Math.Max(1, labelCount));
        return Math.Min(clusters, Probes > 0 ? Probes : Math.Max(Math.Max(8, clusters / 16), forWidth));
    }

    /// <summary>Labels behind which a search that chooses its own lists ends: twice what it looks through at the mean length of a list.</summary>
    internal static long EnoughLabels(int labelCount, int width) => Math.Max(labelCount / 8, 2L * LabelsForOneFound * width);

    /// <summary>Shares the labels, as many as clusters at least, out among lists by k-means.</summary>
    internal (DenseMatrix Centroids, InvertedLists Lists) Cluster(DenseMatrix labels, int clusters, KernelSet kernels, int threads) =>
        DenseClusters.OfSample(labels, clusters, SampledPerCluster, Iterations, Seed, kernels, threads);

    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public IvfOptions Validate()
    {
        Check.Range(Clusters, 0, int.MaxValue, "ivf clusters");
        Check.Range(Probes, 0, int.MaxValue, "ivf probes");
        Check.Range(Iterations, 1, 1000, "ivf iterations");
        Check.Positive(SampledPerCluster, "ivf sampled rows a cluster");
        return this;
    }
}
