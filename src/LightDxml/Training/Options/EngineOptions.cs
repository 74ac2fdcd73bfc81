using LightDxml.Configuration;

namespace LightDxml.Training;

/// <summary>Which engine trains the network, and on what.</summary>
public sealed record EngineOptions
{
    [Meaning("training engine: cpu (fused kernels), torch (TorchSharp, where the build has it)")]
    public EngineKind Name { get; init; } = EngineKind.Cpu;

    [Meaning("torch: device to train on: auto (the first CUDA device, else the processor), cpu, cuda")]
    public EngineDevice Device { get; init; } = EngineDevice.Auto;

    [Meaning("torch: whether matrix products take bfloat16 inputs; parameters stay in single precision")]
    public bool MixedPrecision { get; init; }

    public EngineOptions Validate()
    {
        if (Name == EngineKind.Cpu && Device == EngineDevice.Cuda)
            throw new OptionsException("engine.device=cuda needs engine.name=torch; the engine cpu trains on the processor.");
        if (Name == EngineKind.Cpu && MixedPrecision)
            throw new OptionsException("engine.mixedPrecision=true needs engine.name=torch; the engine cpu trains in single precision.");
        return this;
    }
}

/// <summary>An <see cref="ITrainingEngine"/> by name.</summary>
public enum EngineKind
{
    /// <summary><see cref="CpuTrainingEngine"/>.</summary>
    Cpu,

    /// <summary>The engine of the provider <c>torch</c>.</summary>
    Torch,
}

/// <summary>What the torch engine trains on.</summary>
public enum EngineDevice
{
    Auto,
    Cpu,
    Cuda,
}
