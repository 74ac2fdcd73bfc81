using LightDxml.Configuration;

namespace LightDxml.Training;

/// <summary>Which engine trains the network, and on what.</summary>
public sealed record EngineOptions
{
    /// <summary>Training engine: cpu (fused kernels), torch (TorchSharp, where the build has it).</summary>
    public EngineKind Name { get; init; } = EngineKind.Cpu;

    /// <summary>Torch: device to train on: auto (the first CUDA device, otherwise the processor), cpu, cuda.</summary>
    public EngineDevice Device { get; init; } = EngineDevice.Auto;

    /// <summary>Torch: whether matrix products take bfloat16 inputs; parameters stay in single precision.</summary>
    public bool MixedPrecision { get; init; }

    /// <summary>The settings <c>engine.*</c>.</summary>
    internal static SettingTable<EngineOptions> Table { get; } = new SettingTable<EngineOptions>()
        .Choice("name", o => o.Name, (o, v) => o with { Name = v },
            "training engine: cpu (fused kernels), torch (TorchSharp, where the build has it)")
        .Choice("device", o => o.Device, (o, v) => o with { Device = v },
            "torch: device to train on: auto (the first CUDA device, otherwise the processor), cpu, cuda")
        .Flag("mixedPrecision", o => o.MixedPrecision, (o, v) => o with { MixedPrecision = v },
            "torch: whether matrix products take bfloat16 inputs; parameters stay in single precision");

    /// <summary>These settings, once their values have been checked.</summary>
    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public EngineOptions Validate()
    {
        if (Name == EngineKind.Cpu && Device == EngineDevice.Cuda)
            throw new OptionsException("engine.device=cuda needs engine.name=torch; the engine cpu trains on the processor.");
        if (Name == EngineKind.Cpu && MixedPrecision)
            throw new OptionsException("engine.mixedPrecision=true needs engine.name=torch; the engine cpu trains in single precision.");
        return this;
    }
}

/// <summary>The training engines by name.</summary>
public enum EngineKind
{
    /// <summary>Fused kernels on the processor.</summary>
    Cpu,

    /// <summary>TorchSharp, of the package LightDxml.Torch.</summary>
    Torch,
}

/// <summary>What the torch engine trains on.</summary>
public enum EngineDevice
{
    /// <summary>The first CUDA device; without one the processor.</summary>
    Auto,

    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>The first CUDA device; without one there is an error.</summary>
    Cuda,
}
