namespace LightDxml.Torch.Tests;

/// <summary>Stands in for TorchSharp's count in a build without it, where the tests that ask for it are skipped.</summary>
internal static class LiveTensors
{
    public static long Count => throw new NotSupportedException("TorchSharp is not in this build.");
}
