using LightDxml.Models;
using LightDxml.Training;

namespace LightDxml.Torch;

/// <summary>The TorchSharp provider. Naming it loads nothing native; asking for accelerators or an engine does. What can be missing is libtorch.</summary>
internal sealed class TorchProvider : ITrainingEngineProvider
{
    public string Name => "torch";

    public IReadOnlyList<string> Offers { get; } = ["engine torch"];

    public string? WhyMissing => LibTorch.WhyMissing;

    public IReadOnlyList<string> FindAccelerators() => TorchDevices.Find();

    public ITrainingEngine CreateEngine(DenseNetwork start, TrainingOptions options, int threads) =>
        TorchFaults.Explained(() => new TorchEngine(start, options, threads));
}
