// Compiled by MSBuild (LightDxml.Torch.targets) against .NET Standard 2.0 in the build of the program, and in the tests.
using System.Text;
#if !LIGHTDXML_TESTS
using System;
using System.IO;
using System.Linq;
#endif

namespace LightDxml.Torch.Build;

/// <summary>
/// Marks a symbol version that a shared library needs as weak where nothing depends on it: a loader that lacks the version
/// then goes on, instead of refusing the library. Of 64-bit little-endian ELF alone; what is not as expected stays as it is.
/// </summary>
internal sealed class ElfSymbolVersions
{
    private const int FileHeader = 64, SectionHeader = 64, SymbolSize = 24, RelocationSize = 24, NeedSize = 16;
    private const uint Strings = 3, Relocations = 4, DynamicSymbols = 11, VersionsNeeded = 0x6ffffffe, VersionsOfSymbols = 0x6fffffff;
    private const int Weak = 2;
    private const int VersionIndex = 0x7fff;

    private readonly byte[] _file;
    private readonly int _headers;
    private readonly int _sections;

    private ElfSymbolVersions(byte[] file)
    {
        _file = file;

        // The magic number, 64 bits, little-endian.
        byte[] start = { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1 };
        Expect(file.Length >= FileHeader && file.Take(start.Length).SequenceEqual(start) && Word16(58) == SectionHeader);
        _headers = Offset(40);
        _sections = Word16(60);
        Expect(_headers + (long)_sections * SectionHeader <= file.Length);
    }

    /// <summary>Marks the version if it is needed, for this symbol alone, and no relocation names the symbol.</summary>
    /// <param name="file">The library's bytes, of which at most the version's flags are changed.</param>
    /// <returns>Whether it was marked now.</returns>
    public static bool Weaken(byte[] file, string version, string symbol)
    {
        try
        {
            return new ElfSymbolVersions(file).Weaken(version, symbol);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private bool Weaken(string version, string symbol)
    {
        var need = FindNeed(version);
        if (need < 0 || (Word16(need + 4) & Weak) != 0)
            return false;
        var index = Word16(need + 6) & VersionIndex;
        var versions = Only(VersionsOfSymbols);
        var symbols = Link(versions, DynamicSymbols);
        var names = Link(symbols, Strings);
        var users = Enumerable.Range(0, Size(versions) / 2).Where(i => (Word16(Start(versions) + 2 * i) & VersionIndex) == index).ToArray();
        if (users.Length != 1 || Text(names, Word32(Element(symbols, users[0], SymbolSize))) != symbol || IsRelocated(symbols, users[0]))
            return false;
        _file[need + 4] |= Weak;
        return true;
    }

    /// <summary>Where the Elf64_Vernaux record of a version is: hash, flags (at 4), index (6), name (8), offset of the next (12); or −1.</summary>
    private int FindNeed(string version)
    {
        var section = Only(VersionsNeeded);
        var names = Link(section, Strings);
        for (int file = Start(section), nextFile = -1; nextFile != 0; file += nextFile)
        {
            // Elf64_Verneed: version, count (at 2), file, offset of the first version (8), offset of the next file (12).
            InSection(section, file);
            var need = file + Distance(file + 8);
            for (int count = Word16(file + 2), next = -1; count > 0 && next != 0; count--, need += next)
            {
                InSection(section, need);
                if (Text(names, Word32(need + 8)) == version)
                    return need;
                next = Distance(need + 12);
            }

            nextFile = Distance(file + 12);
        }

        return -1;
    }

    private bool IsRelocated(int symbols, int symbol) => Enumerable.Range(0, _sections)
        .Where(section => Type(section) == Relocations && Word32(Header(section) + 40) == symbols)
        .Any(section => Enumerable.Range(0, Size(section) / RelocationSize).Any(i => Word32(Element(section, i, RelocationSize) + 12) == symbol));

    private int Header(int section)
    {
        Expect(section < _sections);
        return _headers + section * SectionHeader;
    }

    private uint Type(int section) => Word32(Header(section) + 4);

    private int Only(uint type)
    {
        var found = Enumerable.Range(0, _sections).Where(section => Type(section) == type).ToArray();
        Expect(found.Length == 1);
        return found[0];
    }

    private int Link(int section, uint type)
    {
        var link = Distance(Header(section) + 40);
        Expect(Type(link) == type);
        return link;
    }

    private int Start(int section) => Offset(Header(section) + 24);

    private int Size(int section)
    {
        var size = Offset(Header(section) + 32);
        Expect(Start(section) + (long)size <= _file.Length);
        return size;
    }

    private int Element(int section, int index, int size)
    {
        Expect((index + 1L) * size <= Size(section));
        return Start(section) + index * size;
    }

    private void InSection(int section, int record) =>
        Expect(record >= Start(section) && record + (long)NeedSize <= Start(section) + (long)Size(section));

    private string Text(int strings, uint offset)
    {
        Expect(offset < Size(strings));
        var start = Start(strings) + (int)offset;
        var zero = Array.IndexOf(_file, (byte)0, start, Size(strings) - (int)offset);
        Expect(zero >= 0);
        return Encoding.UTF8.GetString(_file, start, zero - start);
    }

    /// <summary>A field of 64 bits that says where something is, or how large.</summary>
    private int Offset(int at)
    {
        Expect(at >= 0 && at + 8L <= _file.Length);
        var offset = BitConverter.ToUInt64(_file, at);
        Expect(offset <= int.MaxValue);
        return (int)offset;
    }

    private int Distance(int at)
    {
        var distance = Word32(at);
        Expect(distance <= int.MaxValue / 2);
        return (int)distance;
    }

    private uint Word32(int at)
    {
        Expect(at >= 0 && at + 4L <= _file.Length);
        return BitConverter.ToUInt32(_file, at);
    }

    private int Word16(int at)
    {
        Expect(at >= 0 && at + 2L <= _file.Length);
        return BitConverter.ToUInt16(_file, at);
    }

    private static void Expect(bool holds)
    {
        if (!holds)
            throw new InvalidDataException();
    }
}

#if !LIGHTDXML_TESTS
/// <summary>Copies libraries, marking in the copy what <see cref="ElfSymbolVersions"/> marks. The files themselves stay as they are.</summary>
public sealed class WeakenSymbolVersion : Microsoft.Build.Utilities.Task
{
    [Microsoft.Build.Framework.Required]
    public Microsoft.Build.Framework.ITaskItem[] Libraries { get; set; }

    [Microsoft.Build.Framework.Required]
    public Microsoft.Build.Framework.ITaskItem[] Copies { get; set; }

    [Microsoft.Build.Framework.Required]
    public string Version { get; set; }

    [Microsoft.Build.Framework.Required]
    public string Symbol { get; set; }

    public override bool Execute()
    {
        for (var i = 0; i < Libraries.Length; i++)
        {
            var (library, copy) = (Libraries[i].GetMetadata("FullPath"), Copies[i].GetMetadata("FullPath"));
            var bytes = File.ReadAllBytes(library);
            var marked = ElfSymbolVersions.Weaken(bytes, Version, Symbol);
            Log.LogMessage(marked ? "{0}: {1} marked weak." : "{0}: nothing to mark.", copy, Version);

            // Deleted first: the old copy may be linked to.
            Directory.CreateDirectory(Path.GetDirectoryName(copy));
            File.Delete(copy);
            File.WriteAllBytes(copy, bytes);
        }

        return true;
    }
}
#endif
