using System.Reflection;
using LightDxml.Torch.Build;

namespace LightDxml.Torch.Tests;

public sealed class ElfSymbolVersionsTests
{
    private const string Version = "GLIBCXX_3.4.32";

    [Fact]
    public void Weaken_NeededForTheSymbolAlone_MarksTheVersionAndNothingElse_Once()
    {
        var expected = SmallElf.Create();
        Assert.Equal(0, expected[SmallElf.FlagsAt(expected)]);
        expected[SmallElf.FlagsAt(expected)] = 2;
        var file = SmallElf.Create();
        Assert.True(ElfSymbolVersions.Weaken(file, SmallElf.Version, SmallElf.Symbol));
        Assert.Equal(expected, file);
        Assert.False(ElfSymbolVersions.Weaken(file, SmallElf.Version, SmallElf.Symbol));
        Assert.Equal(expected, file);
    }

    [Fact]
    public void Weaken_AnotherSymbolNeedsTheVersion_LeavesTheFile() => AssertLeft(SmallElf.Create(mallocVersion: 18));

    [Fact]
    public void Weaken_ARelocationNamesTheSymbol_LeavesTheFile() => AssertLeft(SmallElf.Create(relocated: 2));

    [Theory]
    [InlineData("GLIBCXX_3.4.33", SmallElf.Symbol)]
    [InlineData("GLIBCXX_3.4.3", SmallElf.Symbol)]
    [InlineData(SmallElf.Version, "initialize")]
    public void Weaken_AnotherVersionOrSymbol_LeavesTheFile(string version, string symbol) => AssertLeft(SmallElf.Create(), version, symbol);

    [Theory]
    [InlineData(0)] // Not ELF.
    [InlineData(4)] // Not 64 bits.
    [InlineData(5)] // Not little-endian.
    public void Weaken_AnotherKindOfFile_IsLeft(int at)
    {
        var file = SmallElf.Create();
        file[at]++;
        AssertLeft(file);
    }

    [Fact]
    public void Weaken_CutAnywhere_IsLeft()
    {
        var file = SmallElf.Create();
        for (var length = 0; length < file.Length; length++)
            AssertLeft(file[..length]);
    }

    [Fact]
    public void Weaken_AnyByteDamaged_ChangesAtMostTheFlags()
    {
        var random = new Random(1);
        for (var round = 0; round < 5_000; round++)
        {
            var file = SmallElf.Create();
            file[random.Next(file.Length)] = (byte)random.Next(256);
            var before = file.ToArray();
            var changed = ElfSymbolVersions.Weaken(file, SmallElf.Version, SmallElf.Symbol);
            Assert.Equal(changed ? 1 : 0, before.Zip(file).Count(pair => pair.First != pair.Second));
        }
    }

    [SkippableFact]
    public void Build_CopyOfTheLibraryInTheOutput_IsThePackagesWithTheVersionMarked()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The library is for Linux.");
        const string path = "runtimes/linux-x64/native/libLibTorchSharp.so";
        var package = typeof(ElfSymbolVersionsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "TorchSharpPackage").Value!;
        var file = File.ReadAllBytes(Path.Combine(package, path));
        Assert.True(ElfSymbolVersions.Weaken(file, Version, "_ZSt21ios_base_library_initv"));
        Assert.True(file.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, path))));
    }

    private static void AssertLeft(byte[] file, string version = SmallElf.Version, string symbol = SmallElf.Symbol)
    {
        var before = file.ToArray();
        Assert.False(ElfSymbolVersions.Weaken(file, version, symbol));
        Assert.Equal(before, file);
    }
}
