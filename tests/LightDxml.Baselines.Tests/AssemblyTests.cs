namespace LightDxml.Baselines.Tests;

/// <summary>What the library promises about itself.</summary>
public sealed class AssemblyTests
{
    [Fact]
    public void Baselines_ReferenceNothingButTheLibraryAndTheBaseLibraries_AndDoNotPrint()
    {
        var names = typeof(BaselineMethods).Assembly.GetReferencedAssemblies().Select(name => name.Name!).ToArray();
        Assert.All(names.Where(name => !name.StartsWith("System.", StringComparison.Ordinal)), name => Assert.Contains(name, new[] { "LightDxml", "LightDxml.Data", "LightDxml.Kernels", "LightDxml.Metrics", "Microsoft.Extensions.ObjectPool" }));
        Assert.DoesNotContain("System.Console", names);
    }
}
