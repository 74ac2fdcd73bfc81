using LightDxml.Training;

namespace LightDxml.Torch;

/// <summary>The devices that libtorch offers on this machine.</summary>
internal static class TorchDevices
{
    /// <summary>A line each: the processor, then CUDA devices by the names that libtorch gives them.</summary>
    public static IReadOnlyList<string> Find() => TorchFaults.Explained<IReadOnlyList<string>>(() =>
    {
        torch.InitializeDeviceType(DeviceType.CPU);
        var count = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        return ["cpu", .. Enumerable.Range(0, count).Select(index => $"cuda:{index}")];
    });

    /// <exception cref="LightDxmlException">CUDA is asked for by name, and libtorch finds no CUDA device.</exception>
    /// <param name="setting">That asks for it.</param>
    public static Device Choose(EngineDevice wanted, string setting)
    {
        torch.InitializeDeviceType(DeviceType.CPU);
        var cuda = wanted != EngineDevice.Cpu && torch.cuda.is_available();
        if (wanted == EngineDevice.Cuda && !cuda)
        {
            throw new LightDxmlException(
                $"{setting}=cuda: libtorch finds no CUDA device; a build with -p:LibTorch=cuda has the libtorch that can use one.");
        }

        return new Device(cuda ? "cuda:0" : "cpu");
    }
}
