namespace LightDxml.Kernels.Tests;

public class KernelBackendsTests
{
    [Fact]
    public void Select_UnknownName_IsAnErrorThatNamesTheChoices() =>
        Assert.Contains("auto, scalar and simd", Assert.Throws<ArgumentException>(() => KernelBackends.Select("gpu")).Message, StringComparison.Ordinal);

    [Fact]
    public void Select_ByName_GivesThatSet() => Assert.Equal("scalar", KernelBackends.Select("scalar").Name);

    [Fact]
    public void Select_Auto_GivesTheFastestAvailable()
    {
        // The environment variable would override the automatic choice, so the claim holds only without it.
        if (Environment.GetEnvironmentVariable(KernelBackends.EnvironmentVariable) is null)
            Assert.Same(KernelBackends.Available[^1], KernelBackends.Select());
    }
}
