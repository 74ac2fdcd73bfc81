using LightDxml.Providers;

namespace LightDxml.Kernels.Ilgpu.Tests;

public sealed class IlgpuProviderTests
{
    [SkippableFact]
    public void BuildWithoutIlgpu_SaysWhichSwitchTurnsItOn()
    {
        var provider = new IlgpuProvider();
        Skip.If(provider.WhyMissing is null, "ILGPU is in this build.");
        Assert.Equal("not in this build: add -p:UseIlgpu=true", provider.WhyMissing);
        var error = Assert.Throws<ProviderMissingException>(() => provider.FindAccelerators());
        Assert.Contains("-p:UseIlgpu=true", error.Message, StringComparison.Ordinal);
    }
}
