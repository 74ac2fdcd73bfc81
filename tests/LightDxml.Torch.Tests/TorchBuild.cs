using LightDxml.Providers;
using LightDxml.Training;

namespace LightDxml.Torch.Tests;

/// <summary>The provider of this build. Tests name no type of TorchSharp, so that a build without it shows them as skipped.</summary>
internal static class TorchBuild
{
    /// <summary>The provider that makes engines; the calling test is skipped where the build lacks it.</summary>
    public static ITrainingEngineProvider Require()
    {
        var provider = new TorchProvider();
        Skip.If(provider.WhyMissing is not null, $"The engine torch is {provider.WhyMissing}.");
        return (ITrainingEngineProvider)(object)provider;
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
