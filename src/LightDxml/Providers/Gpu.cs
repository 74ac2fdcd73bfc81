namespace LightDxml.Providers;

/// <summary>A GPU, as far as the choice between it and the processor has to know it.</summary>
/// <param name="Name">Kind and name, as in <c>Cuda NVIDIA …</c>.</param>
/// <param name="MultiplyAddsPerSecond">What it could do at best, from its units and clock.</param>
/// <param name="MemoryBytes">Memory in all.</param>
/// <param name="PassedOver">Devices that come before it and cannot be used, each with the reason, or empty.</param>
internal sealed record Gpu(string Name, double MultiplyAddsPerSecond, long MemoryBytes, string PassedOver = "")
{
    /// <summary>For the log.</summary>
    public string Chosen => PassedOver.Length == 0 ? Name : $"{Name}, since others cannot be used: {PassedOver}";
}
