namespace LightDxml.Kernels.Ilgpu.Devices;

/// <summary>A CUDA or OpenCL device of this machine.</summary>
/// <param name="Place">Its place among them, the same in every context.</param>
/// <param name="Name">Kind and name, as in <c>Cuda NVIDIA …</c>.</param>
/// <param name="IsGpu">OpenCL may offer the processor, too.</param>
/// <param name="WhyRefused">Why ILGPU cannot use it, or null.</param>
internal sealed record FoundDevice(int Place, string Name, long MemoryBytes, bool IsGpu, string? WhyRefused);
