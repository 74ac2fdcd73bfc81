using LightDxml.Providers;
using LightDxml.Training;

namespace LightDxml.Torch.Tests;

/// <summary>The provider, with libtorch.</summary>
internal static class TorchBuild
{
    /// <summary>The provider; the calling test is skipped on systems that have no package of libtorch.</summary>
    public static ITrainingEngineProvider Require()
    {
        var provider = new TorchProvider();
        Skip.If(provider.WhyMissing is not null, provider.WhyMissing ?? "");
        return provider;
    }

    /// <summary>Registers the provider, so that <see cref="Trainer"/> finds it.</summary>
    public static void Register() => ProviderCatalog.Register("torch", static () => new TorchProvider());
}

/// <summary>One test after another: libtorch's threads and its count of live tensors belong to the whole process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TorchTests
{
    public const string Name = "torch";
}
