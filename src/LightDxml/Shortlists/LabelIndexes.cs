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
    /// Up to here every label is compared with. Measured with label embeddings and test documents of TIBKAT-GND, 34,796 labels of
    /// 300 dimensions: documents together, all labels take 440 µs a document, the lists that are looked through 190; one document
    /// alone 3,600 and 900. The former grow with the labels, the latter hardly, so that half as many labels have nothing to gain. A
    /// graph finds more of the best 400 in 1,380 µs and takes eight times as long to build (docs/results.md): it is taken by name only.
    /// </summary>
    private const int MostLabelsForExact = 20_000;

    /// <summary>The provider of the indexes on a GPU. They are taken by name only: looking for a GPU would cost those who have none.</summary>
    private const string GpuProvider = "ilgpu";

    /// <summary>The index that the options name; one that holds memory of its own is <see cref="IDisposable"/>.</summary>
    /// <param name="labelEmbeddings">[labels, dimensions], of unit length; must not change while the index is in use.</param>
    /// <param name="width">Labels that a search will ask for.</param>
    /// <param name="threads">Threads to build with; 0 is one for each processor.</param>
    /// <param name="seed">Seed of the graph or of the clusters: the run's, so that members of an ensemble do not err alike.</param>
    /// <param name="reason">Which index was taken and why, for the log.</param>
    /// <exception cref="OptionsException">An option is out of its range.</exception>
    /// <exception cref="ProviderMissingException">The options name an index on a GPU, and there is no provider or no GPU for it.</exception>
    public static ILabelIndex Create(
        ShortlistOptions options, DenseMatrix labelEmbeddings, KernelSet kernels, int width, int threads, int seed, out string reason)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(labelEmbeddings);
        options.Validate();
        if (options.Index is "gpu" or "gpu-ivf")
        {
            reason = $"{options.Index}, as set";
            return GpuIndex(options, labelEmbeddings, seed);
        }

        var labels = LabelledRowsIndex.RowsWithEmbedding(labelEmbeddings);
        var name = Choose(options.Index, labels.Length, out reason);
        var mostEmpty = labels.Length <= labelEmbeddings.RowCount / 2;
        if (labels.Length == labelEmbeddings.RowCount || (name == "exact" && !mostEmpty))
            return Build(labelEmbeddings);
        return new LabelledRowsIndex(Build(LabelledRowsIndex.Select(labelEmbeddings, labels)), labels, labelEmbeddings.RowCount);

        ILabelIndex Build(DenseMatrix embeddings) =>
            name switch
            {
                "ivf" => new IvfLabelIndex(embeddings, new IvfOptions(options.Clusters, options.Probes, Width: width, Seed: seed), kernels, threads),
                "hnsw" => new HnswLabelIndex(embeddings, new HnswOptions(options.M, options.EfConstruction, options.EfSearch, seed), kernels, threads),
                _ => new ExactLabelIndex(embeddings, kernels),
            };
    }

    /// <summary>
    /// The index that the options name or, where they name one on a GPU and there is none, the one that <c>auto</c> takes: a
    /// model predicts also where the GPU that it was trained with is missing.
    /// </summary>
    internal static ILabelIndex CreateForPrediction(ShortlistOptions options, DenseMatrix labelEmbeddings, KernelSet kernels, int width, int threads, int seed)
    {
        try
        {
            return Create(options, labelEmbeddings, kernels, width, threads, seed, out _);
        }
        catch (ProviderMissingException)
        {
            return Create(options with { Index = "auto" }, labelEmbeddings, kernels, width, threads, seed, out _);
        }
    }

    /// <summary>The name of the index to build: as asked for, or by the number of labels.</summary>
    internal static string Choose(string index, int labelCount, out string reason)
    {
        if (index != "auto")
        {
            reason = $"{index}, as set";
            return index;
        }

        reason = labelCount > MostLabelsForExact
            ? $"{labelCount} labels are more than the {MostLabelsForExact} that every document is compared with"
            : $"{labelCount} labels are at most the {MostLabelsForExact} that every document is compared with";
        return labelCount > MostLabelsForExact ? "ivf" : "exact";
    }

    private static ILabelIndex GpuIndex(ShortlistOptions options, DenseMatrix labelEmbeddings, int seed)
    {
        var provider = ProviderCatalog.Get(GpuProvider) as ILabelIndexProvider;
        return provider is { WhyMissing: null }
            ? provider.CreateLabelIndex(options, labelEmbeddings, seed)
            : throw new ProviderMissingException($"shortlist.index {options.Index} needs the provider {GpuProvider}, which is {provider?.WhyMissing ?? "of another kind"}.");
    }
}
