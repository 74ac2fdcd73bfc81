using LightDxml.Providers;

namespace LightDxml.Indexes;

/// <summary>The searches of a training run, and what they would take on the processor and on a GPU.</summary>
/// <param name="Documents">Documents of a search.</param>
/// <param name="Searches">Searches of the run, each with an index of its own.</param>
/// <param name="Labels">Labels that have an embedding.</param>
/// <param name="Width">Labels that are found for a document.</param>
/// <param name="Lists">How an inverted file would be built.</param>
internal sealed record ShortlistWork(long Documents, int Searches, int Labels, int Dimensions, int Width, IvfOptions Lists)
{
    // Measured on one thread of an EPYC with label embeddings of TIBKAT-GND (LabelIndexes): a document takes 440 µs over all of
    // 34,796 labels of 300 dimensions, and 190 µs over the lists that an inverted file looks through, 2.7 times what their labels would.
    private const double ThreadMultiplyAdds = 2.4e10;
    private const double ListOverhead = 2.7;

    // A processor to compare with, and not this one: the model must not depend on the number of threads.
    private const int Threads = 8;

    // Not measured, since no GPU was at hand, and meant to be too slow rather than too fast. Opening a device and compiling the
    // kernels; a launch; copies to and from page-locked memory; the share of its arithmetic that the kernels reach.
    private const double StartSeconds = 5;
    private const double LaunchSeconds = 20e-6;
    private const double BytesPerSecond = 6e9;
    private const double ArithmeticShare = 0.1;

    // Not measured either: documents and labels of a block, launches for one, and the part of the memory that labels may take.
    private const int BlockDocuments = 1024;
    private const int BlockLabels = 16_384;
    private const int Launches = 8;
    private const double LabelMemoryShare = 0.5;

    /// <summary>A GPU must be so many times as fast, by figures that may be wrong, before training turns to it by itself.</summary>
    private const double LeastGain = 2;

    /// <summary>Below this there is little to gain, and nobody looks for a GPU: looking loads ILGPU and the drivers.</summary>
    private const double LeastProcessorSeconds = 20;

    /// <summary>Whether it is worth looking for a GPU.</summary>
    public bool IsLarge => ProcessorSeconds >= LeastProcessorSeconds;

    /// <summary>By the index that the processor takes.</summary>
    public double ProcessorSeconds => ThreadSeconds / Threads;

    /// <summary>The same by one thread of the processor that was measured.</summary>
    public double ThreadSeconds => Searches * (double)Documents * Dimensions / ThreadMultiplyAdds
        * (LabelIndexes.Choose("auto", Labels, out _) == "exact" ? Labels : ListOverhead * LabelsOfLists);

    /// <summary>Building one index, by one thread.</summary>
    public double BuildingThreadSeconds => LabelIndexes.Choose("auto", Labels, out _) == "exact" ? 0 : BuildingComparisons(Lists) * Dimensions / ThreadMultiplyAdds;

    private double LabelsOfLists
    {
        get
        {
            var clusters = Lists.ClustersFor(Labels);
            return clusters + (double)Labels * (Lists with { Width = Width }).ProbesFor(clusters, Labels) / clusters;
        }
    }

    /// <summary>The index on the GPU that training should take, <c>gpu</c> or <c>gpu-ivf</c>, or null where the processor is to be preferred.</summary>
    public string? IndexOn(Gpu gpu)
    {
        if (sizeof(float) * (double)Labels * Dimensions > LabelMemoryShare * gpu.MemoryBytes)
            return null;

        // Exact search first: lists miss some of the nearest labels.
        return Array.Find(["gpu", "gpu-ivf"], index => LeastGain * GpuSeconds(gpu, index) <= ProcessorSeconds);
    }

    public double GpuSeconds(Gpu gpu, string index)
    {
        var compared = index == "gpu" ? Labels : ListOverhead * LabelsOfLists;
        var building = index == "gpu" ? 0 : BuildingComparisons(Lists.OnGpu);
        var arithmetic = (Documents * compared + building) * Dimensions / (ArithmeticShare * gpu.MultiplyAddsPerSecond);
        var bytes = sizeof(float) * ((Labels + (double)Documents) * Dimensions + 2.0 * Documents * Width);
        var blocks = Math.Ceiling(Documents / (double)BlockDocuments) * Math.Ceiling(compared / BlockLabels);
        return StartSeconds + Searches * (arithmetic + bytes / BytesPerSecond + blocks * Launches * LaunchSeconds);
    }

    /// <summary>Comparisons of a label with a centroid.</summary>
    private double BuildingComparisons(IvfOptions lists)
    {
        double clusters = lists.ClustersFor(Labels);
        return clusters * (Labels + clusters * lists.SampledPerCluster * lists.Iterations);
    }
}
