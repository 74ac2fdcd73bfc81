using System.Globalization;
using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Providers;
using LightDxml.Training;

namespace LightDxml.Shortlists;

/// <summary>Builds the label index that the options ask for.</summary>
public static class LabelIndexes
{
    /// <summary>
    /// Labels that the exact index compares a document with in the time in which HNSW examines one candidate. Measured with
    /// 50,000 labels of 304 dimensions in one thread: 4.3 ns a label (documents in blocks) against 1.2 µs a candidate (some ten
    /// rows from memory). Both grow alike with the dimensions.
    /// </summary>
    private const int LabelsPerCandidate = 300;

    /// <summary>Up to here, building a graph at every refresh of a training run takes longer than its searches save.</summary>
    private const int LeastLabelsForGraph = 50_000;

    /// <summary>The provider of the indexes on a GPU. They are taken by name only: looking for a GPU would cost those who have none.</summary>
    private const string GpuProvider = "ilgpu";

    /// <summary>The index that the options name; one that holds memory of its own is <see cref="IDisposable"/>.</summary>
    /// <param name="labelEmbeddings">[labels, dimensions], of unit length; must not change while the index is in use.</param>
    /// <param name="width">Labels that a search will ask for.</param>
    /// <param name="threads">Threads to build with; 0 is one for each processor.</param>
    /// <param name="reason">Which index was taken and why, for the log.</param>
    /// <param name="seed">Seed of the graph.</param>
    /// <exception cref="OptionsException">An option is out of its range.</exception>
    /// <exception cref="ProviderMissingException">The options name an index on a GPU, and there is no provider or no GPU for it.</exception>
    public static ILabelIndex Create(
        ShortlistOptions options, DenseMatrix labelEmbeddings, KernelSet kernels, int width, int threads, out string reason, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(labelEmbeddings);
        options.Validate();
        if (options.Index is "gpu" or "gpu-ivf")
        {
            reason = $"{options.Index}, as set";
            return GpuIndex(options, labelEmbeddings, seed);
        }

        var graph = new HnswOptions(options.M, options.EfConstruction, options.EfSearch, seed);
        var labels = LabelledRowsIndex.RowsWithEmbedding(labelEmbeddings);
        var takesLists = options.Index == "ivf";
        var takesGraph = TakesGraph(options.Index, labels.Length, graph.CandidatesFor(width), out reason);
        var mostEmpty = labels.Length <= labelEmbeddings.RowCount / 2;
        if (labels.Length == labelEmbeddings.RowCount || (!takesGraph && !takesLists && !mostEmpty))
            return Build(labelEmbeddings);
        return new LabelledRowsIndex(Build(LabelledRowsIndex.Select(labelEmbeddings, labels)), labels, labelEmbeddings.RowCount);

        ILabelIndex Build(DenseMatrix embeddings) =>
            takesLists ? new IvfLabelIndex(embeddings, new IvfOptions(options.Clusters, options.Probes, Seed: seed), kernels, threads)
            : takesGraph ? new HnswLabelIndex(embeddings, graph, kernels, threads)
            : new ExactLabelIndex(embeddings, kernels);
    }

    /// <summary>
    /// The index that the options name or, where they name one on a GPU and there is none, the one that <c>auto</c> takes: a
    /// model predicts also where the GPU that it was trained with is missing.
    /// </summary>
    internal static ILabelIndex CreateForPrediction(ShortlistOptions options, DenseMatrix labelEmbeddings, KernelSet kernels, int width, int threads)
    {
        try
        {
            return Create(options, labelEmbeddings, kernels, width, threads, out _);
        }
        catch (ProviderMissingException)
        {
            return Create(options with { Index = "auto" }, labelEmbeddings, kernels, width, threads, out _);
        }
    }

    /// <summary>Whether a label index is to be a graph: as asked for, or by the cost of a search.</summary>
    internal static bool TakesGraph(string index, int labelCount, int candidates, out string reason)
    {
        if (index != "auto")
        {
            reason = $"{index}, as set";
            return index == "hnsw";
        }

        var mostExact = Math.Max(LeastLabelsForGraph, (long)candidates * LabelsPerCandidate);
        var takesGraph = labelCount > mostExact;
        reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{(takesGraph ? "hnsw" : "exact")}, the faster with {labelCount} labels: a search with {candidates} candidates pays above {mostExact}");
        return takesGraph;
    }

    private static ILabelIndex GpuIndex(ShortlistOptions options, DenseMatrix labelEmbeddings, int seed)
    {
        var provider = ProviderCatalog.Get(GpuProvider) as ILabelIndexProvider;
        return provider is { WhyMissing: null }
            ? provider.CreateLabelIndex(options, labelEmbeddings, seed)
            : throw new ProviderMissingException($"shortlist.index {options.Index} needs the provider {GpuProvider}, which is {provider?.WhyMissing ?? "of another kind"}.");
    }
}
