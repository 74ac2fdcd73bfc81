using System.Globalization;
using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Providers;

namespace LightDxml.Indexes;

/// <summary>Builds the label index that the options ask for.</summary>
internal static class LabelIndexes
{
    /// <summary>
    /// Up to here every label is compared with. Measured with label embeddings and test documents of TIBKAT-GND, 34,796 labels of
    /// 300 dimensions: documents together, all labels take 440 µs a document, the lists that are looked through 190; one document
    /// alone 3,600 and 900. The former grow with the labels, the latter hardly, so that half as many labels have nothing to gain. A
    /// graph finds more of the best 400 in 1,380 µs and takes eight times as long to build (docs/results.md): it is taken by name only.
    /// </summary>
    private const int MostLabelsForExact = 20_000;

    /// <summary>The provider of the indexes on a GPU. Looking for one costs also those who have none: only training on large data does.</summary>
    private const string GpuProvider = "ilgpu";

    /// <summary>The index that the options name; one that holds memory of its own is <see cref="IDisposable"/>.</summary>
    /// <param name="labelEmbeddings">[labels, dimensions], of unit length; must not change while the index is in use.</param>
    /// <param name="width">Labels that a search will ask for.</param>
    /// <param name="threads">Threads to build with; 0 is one for each processor.</param>
    /// <param name="reason">Which index was taken and why, for the log.</param>
    /// <exception cref="OptionsException">An option is out of its range.</exception>
    /// <exception cref="ProviderMissingException">The options name an index on a GPU, and there is no provider or no GPU for it.</exception>
    public static ILabelIndex Create(
        LabelIndexSettings options, DenseMatrix labelEmbeddings, KernelSet kernels, int width, int threads, out string reason)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(labelEmbeddings);
        options.Validate();
        var labels = LabelledRowsIndex.RowsWithEmbedding(labelEmbeddings);
        var name = Choose(options.Kind, labels.Length, out reason);
        var mostEmpty = labels.Length <= labelEmbeddings.RowCount / 2;
        var index = labels.Length == labelEmbeddings.RowCount || (name is "exact" or "gpu" && !mostEmpty)
            ? Build(labelEmbeddings, owned: false)
            : new LabelledRowsIndex(Build(labelEmbeddings.SelectRows(labels), owned: true), labels, labelEmbeddings.RowCount);
        if (options.IsOnGpu && FindGpu() is { } gpu)
            reason = $"{reason}, on {gpu.Chosen}";
        return index;

        ILabelIndex Build(DenseMatrix embeddings, bool owned) =>
            name switch
            {
                "gpu" or "gpu-ivf" => GpuIndex(options, embeddings, width),
                "ivf" => new IvfLabelIndex(embeddings, new IvfOptions(options.Clusters, options.Probes, Width: width, Seed: options.Seed), kernels, threads, owned),
                "hnsw" => new HnswLabelIndex(embeddings, new HnswOptions(options.M, options.EfConstruction, options.EfSearch, options.Seed), kernels, threads),
                "exact" => new ExactLabelIndex(embeddings, kernels),
                _ => throw new ArgumentOutOfRangeException(nameof(options), name, "No index of label embeddings has this name."),
            };
    }

    /// <summary>
    /// The index that the options name or, of large data, where they leave it to this choice and there is a GPU that is worth it,
    /// one on the GPU; without a GPU the index that <see cref="Create"/> makes.
    /// </summary>
    /// <param name="documents">Documents of a search of all.</param>
    /// <param name="searches">Such searches of the run, each with an index of its own.</param>
    internal static ILabelIndex CreateForTraining(
        LabelIndexSettings options, DenseMatrix labelEmbeddings, KernelSet kernels, long documents, int searches, int width, int threads, out string reason)
    {
        var trouble = "";
        if (options.Kind == "auto")
        {
            var labels = LabelledRowsIndex.RowsWithEmbedding(labelEmbeddings).Length;
            var work = new ShortlistWork(documents, searches, labels, labelEmbeddings.Dimensions, width, new IvfOptions(options.Clusters, options.Probes));
            try
            {
                if (work.IsLarge && FindGpu() is { } gpu && work.IndexOn(gpu) is { } name)
                {
                    var index = Create(options with { Kind = name }, labelEmbeddings, kernels, width, threads, out _);
                    reason = string.Create(
                        CultureInfo.InvariantCulture,
                        $"on {gpu.Chosen}: by estimate {work.GpuSeconds(gpu, name):F0} s a run, and {work.ProcessorSeconds:F0} on a processor of 8 cores; shortlist.index={Choose("auto", labels, out _)} keeps to the processor");
                    return index;
                }
            }
            catch (LightDxmlException exception)
            {
                trouble = $"; a GPU was found, but not used: {exception.Message}";
            }
        }

        var created = Create(options, labelEmbeddings, kernels, width, threads, out reason);
        reason += trouble;
        return created;
    }

    /// <summary>
    /// The index that the options name or, where they name one on a GPU and there is none, or one that is full or fails, the one that
    /// <c>auto</c> takes: a model predicts also where the GPU that it was trained with cannot be had.
    /// </summary>
    /// <param name="trouble">Why the processor takes the place of the GPU that the options name; null where it does not.</param>
    internal static ILabelIndex CreateForPrediction(LabelIndexSettings options, DenseMatrix labelEmbeddings, KernelSet kernels, int width, int threads, out string? trouble)
    {
        try
        {
            trouble = null;
            return Create(options, labelEmbeddings, kernels, width, threads, out _);
        }
        catch (LightDxmlException fault) when (options.IsOnGpu)
        {
            trouble = $"labels are searched on the processor, since the GPU that it is set to cannot be used: {fault.Message}";
            return Create(options with { Kind = "auto" }, labelEmbeddings, kernels, width, threads, out _);
        }
    }

    /// <summary>What an index searches on: another device rounds otherwise.</summary>
    internal static string DeviceOf(ILabelIndex index) => index.Name is "gpu" or "gpu-ivf" && FindGpu() is { } gpu ? $"{gpu.Name} ({index.Name})" : "the processor";

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

    private static Gpu? FindGpu() =>
        ProviderCatalog.Names.Contains(GpuProvider) && ProviderCatalog.Get(GpuProvider) is ILabelIndexProvider { WhyMissing: null } provider ? provider.FindGpu() : null;

    private static ILabelIndex GpuIndex(LabelIndexSettings options, DenseMatrix labelEmbeddings, int width)
    {
        var setting = $"shortlist.index={options.Kind}";
        return ProviderCatalog.Get(GpuProvider, setting, "LightDxml.Kernels.Ilgpu.GpuLabelIndexes.Register") is ILabelIndexProvider provider
            ? provider.CreateLabelIndex(options, labelEmbeddings, width)
            : throw new ProviderMissingException($"{setting}: the provider '{GpuProvider}' that is registered makes no label indexes.");
    }
}
