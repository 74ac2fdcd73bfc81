using LightDxml.Data;
using LightDxml.Providers;
using LightDxml.Indexes;

namespace LightDxml.Kernels.Ilgpu;

/// <summary>The ILGPU provider of a build without ILGPU: says so, and makes nothing.</summary>
internal sealed class IlgpuProvider : ILabelIndexProvider
{
    public string Name => "ilgpu";

    public IReadOnlyList<string> Offers { get; } = ["label index gpu", "label index gpu-ivf"];

    public string? WhyMissing => "not in this build: add -p:UseIlgpu=true";

    public IReadOnlyList<string> FindAccelerators() => throw Missing();

    public ILabelIndex CreateLabelIndex(LabelIndexSettings settings, DenseMatrix labelEmbeddings) => throw Missing();

    private ProviderMissingException Missing() => new($"The provider ilgpu is {WhyMissing}.");
}
