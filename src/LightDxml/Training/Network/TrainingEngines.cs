using LightDxml.Kernels;
using LightDxml.Providers;

namespace LightDxml.Training;

/// <summary>Makes the engine that a run's settings name.</summary>
internal static class TrainingEngines
{
    private const string TorchProvider = "torch";

    /// <summary>Checks, before data is read for nothing, that the engine is there; its device is asked for only when it is made.</summary>
    /// <exception cref="ProviderMissingException">The engine is not in the build, or not registered with the program.</exception>
    /// <exception cref="LightDxmlException">The engine cannot work in several processes.</exception>
    public static void Check(EngineOptions options, ProcessGroup processes)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Name != EngineKind.Torch)
            return;
        if (processes.Size > 1)
            throw new LightDxmlException($"engine.name=torch trains in one process, but mpirun has started {processes.Size}. Leave mpirun out, or set engine.name=cpu.");
        Torch();
    }

    /// <exception cref="LightDxmlException">As <see cref="Check"/>, or the device is not here.</exception>
    internal static ITrainingEngine Create(int featureCount, int labelCount, TrainingOptions options, KernelSet kernels, Workers workers) =>
        options.Engine.Name == EngineKind.Cpu
            ? new CpuTrainingEngine(featureCount, labelCount, options, kernels, workers)
            : Torch().CreateEngine(InitialNetwork.Create(featureCount, labelCount, options, workers.Threads), options, workers.Threads);

    private static ITrainingEngineProvider Torch()
    {
        var provider = ProviderCatalog.Get(TorchProvider, "engine.name=torch", "LightDxml.Torch.TorchEngines.Register");
        return provider as ITrainingEngineProvider
            ?? throw new ProviderMissingException($"engine.name=torch: the provider '{provider.Name}' that is registered offers no training engine.");
    }
}
