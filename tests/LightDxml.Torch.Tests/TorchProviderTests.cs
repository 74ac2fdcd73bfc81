namespace LightDxml.Torch.Tests;

public sealed class TorchProviderTests
{
    [SkippableFact]
    public void BuildWithoutTorchSharp_SaysWhichSwitchTurnsItOn()
    {
        var provider = new TorchProvider();
        Skip.If(provider.WhyMissing is null, "TorchSharp is in this build.");
        Assert.Equal("not in this build: add -p:UseTorchSharp=true", provider.WhyMissing);
        var error = Assert.Throws<LightDxmlException>(() => provider.FindAccelerators());
        Assert.Contains("-p:UseTorchSharp=true", error.Message, StringComparison.Ordinal);
    }
}
