using LightDxml.Providers;

namespace LightDxml.Kernels.Ilgpu;

/// <summary>The ILGPU provider of a build without ILGPU: says so, and offers nothing.</summary>
public sealed class IlgpuProvider : IProvider
{
    public string Name => "ilgpu";

    public IReadOnlyList<string> Offers { get; } = ["label index gpu"];

    public string? WhyMissing => "not in this build: add -p:UseIlgpu=true";

    public IReadOnlyList<string> FindAccelerators() => throw new LightDxmlException($"The provider ilgpu is {WhyMissing}.");
}
