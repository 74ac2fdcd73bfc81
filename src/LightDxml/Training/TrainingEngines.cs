using LightDxml.Kernels;
using LightDxml.Providers;

namespace LightDxml.Training;

/// <summary>Makes the engine that a run's settings name.</summary>
internal static class TrainingEngines
{
    private const string TorchProvider = "torch";

    /// <exception cref="LightDxmlException">The engine is not in the build, or not registered with the program.</exception>
    public static ITrainingEngine Create(int featureCount, int labelCount, TrainingOptions options, KernelSet kernels, int threads)
    {
        if (options.Engine.Name == EngineKind.Cpu)
            return new CpuTrainingEngine(featureCount, labelCount, options, kernels, threads);
        var provider = ProviderCatalog.Get(TorchProvider);
        if (provider.WhyMissing is { } reason)
            throw new LightDxmlException($"engine.name=torch: the engine is {reason}.");
        if (provider is not ITrainingEngineProvider engines)
            throw new LightDxmlException($"engine.name=torch: the provider '{provider.Name}' that is registered offers no training engine.");
        return engines.CreateEngine(InitialNetwork.Create(featureCount, labelCount, options, threads), options, threads);
    }
}
