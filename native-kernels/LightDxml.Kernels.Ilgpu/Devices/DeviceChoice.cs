using LightDxml.Providers;

namespace LightDxml.Kernels.Ilgpu.Devices;

/// <summary>Which of a machine's devices is taken.</summary>
internal static class DeviceChoice
{
    /// <summary>GPUs before other devices, of several the one of most memory.</summary>
    public static IEnumerable<FoundDevice> InOrder(IEnumerable<FoundDevice> devices) =>
        devices.OrderByDescending(device => device.IsGpu).ThenByDescending(device => device.MemoryBytes);

    /// <summary>Opens the first device that can be opened.</summary>
    /// <param name="onlyGpus">Whether no other device will do.</param>
    /// <param name="passedOver">Those that come before it, and why they were not taken.</param>
    /// <exception cref="ProviderMissingException">No device is found, or none can be used; the message says why.</exception>
    public static T Open<T>(IEnumerable<FoundDevice> devices, bool onlyGpus, Func<FoundDevice, T> open, out IReadOnlyList<string> passedOver)
    {
        var faults = new List<string>();
        passedOver = faults;
        foreach (var device in InOrder(devices))
        {
            var fault = device.WhyRefused ?? (onlyGpus && !device.IsGpu ? "no GPU" : null);
            try
            {
                if (fault is null)
                    return open(device);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                fault = exception.Message.ReplaceLineEndings(" ");
            }

            faults.Add($"{device.Name} ({fault})");
        }

        throw new ProviderMissingException(faults.Count > 0
            ? $"No GPU can be used: {string.Join("; ", faults)}."
            : "No GPU was found: ILGPU sees neither a CUDA device nor an OpenCL device.");
    }
}
