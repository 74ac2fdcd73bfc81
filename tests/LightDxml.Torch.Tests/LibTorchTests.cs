using LightDxml.Providers;
using LightDxml.TestKit;

namespace LightDxml.Torch.Tests;

public sealed class LibTorchTests
{
    [Theory]
    [InlineData("libc10.so", true)]
    [InlineData("libc10.dylib", true)]
    [InlineData("c10.dll", true)]
    [InlineData("libLibTorchSharp.so", false)]
    public void IsHere_OnlyWithLibTorchItself(string file, bool expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[file], "");
        Assert.Equal(expected, NativeLibraryFiles.AreIn([folder["no such folder"], folder.Path], LibTorch.Library));
    }

    [Fact]
    public void HowToGet_NamesTheCommands()
    {
        var text = LibTorch.HowToGet("win-x64");
        Assert.Contains("`dotnet build -c Release src/LightDxml.Cli -p:LibTorch=cpu`", text, StringComparison.Ordinal);
        Assert.Contains("`dotnet add package libtorch-cpu-win-x64`", text, StringComparison.Ordinal);
    }
}
