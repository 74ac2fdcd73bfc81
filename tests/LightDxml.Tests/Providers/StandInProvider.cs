using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Kernels;
using LightDxml.Providers;

namespace LightDxml.Tests.Providers;

/// <summary>A provider of label indexes that are exact indexes of this processor; it counts those that are not disposed.</summary>
internal sealed class StandInProvider : ILabelIndexProvider
{
    public string Name => "stand-in";

    public IReadOnlyList<string> Offers => [];

    public string? WhyMissing { get; set; }

    /// <summary>Its GPU.</summary>
    public Gpu? Gpu { get; set; }

    /// <summary>Why the GPU cannot be used.</summary>
    public string? Fault { get; set; }

    /// <summary>Why no index can be built, on a GPU that is full for one.</summary>
    public string? BuildingFault { get; set; }

    public int Created { get; private set; }

    public int Open { get; private set; }

    public IReadOnlyList<string> FindAccelerators() => [];

    /// <summary>Finds the GPU where threads stand for machines.</summary>
    public Func<Gpu?>? OwnGpu { get; set; }

    public Gpu? FindGpu() => Fault is null ? OwnGpu?.Invoke() ?? Gpu : throw new ProviderMissingException(Fault);

    public ILabelIndex CreateLabelIndex(LabelIndexSettings settings, DenseMatrix labelEmbeddings, int width)
    {
        if (BuildingFault is not null)
            throw new LightDxmlException(BuildingFault);
        Created++;
        Open++;
        return new Index(this, labelEmbeddings);
    }

    private sealed class Index(StandInProvider provider, DenseMatrix labelEmbeddings) : ILabelIndex, IDisposable
    {
        private readonly ExactLabelIndex _exact = new(labelEmbeddings, new ScalarKernels());

        public string Name => "gpu";

        public int LabelCount => _exact.LabelCount;

        public int Dimensions => _exact.Dimensions;

        public void Search(DenseMatrix documents, RankedLabels shortlist, int threads) => _exact.Search(documents, shortlist, threads);

        public void Search(ReadOnlySpan<float> document, Span<int> labels, Span<float> similarities) => _exact.Search(document, labels, similarities);

        public void Dispose() => provider.Open--;
    }
}
