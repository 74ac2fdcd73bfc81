namespace LightDxml.Torch.Tests;

/// <summary>The tensors that TorchSharp holds in this process.</summary>
internal static class LiveTensors
{
    public static long Count => TorchSharp.torch.Tensor.TotalCount;
}
