using LightDxml.Providers;

namespace LightDxml.Torch;

/// <summary>The TorchSharp provider of a build without TorchSharp: says so, and offers nothing.</summary>
internal sealed class TorchProvider : IProvider
{
    public string Name => "torch";

    public IReadOnlyList<string> Offers { get; } = ["engine torch"];

    public string? WhyMissing => "not in this build: add -p:UseTorchSharp=true";

    public IReadOnlyList<string> FindAccelerators() => throw new LightDxmlException($"The provider torch is {WhyMissing}.");
}
