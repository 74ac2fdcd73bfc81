using System.Buffers.Binary;
using System.Text;

namespace LightDxml.Torch.Tests;

/// <summary>A shared library of nothing but the tables that name symbols and the versions that they need.</summary>
internal static class SmallElf
{
    public const string Version = "GLIBCXX_3.4.32";
    public const string Symbol = "initialise";

    private const int SectionSize = 64;
    private static readonly string[] Names = ["", "malloc", Symbol, "libc.so.6", "GLIBC_2.2.5", "libstdc++.so.6", "GLIBCXX_3.4.11", Version];

    /// <summary>Where the flags of <see cref="Version"/> are.</summary>
    public static int FlagsAt(byte[] file) => IndexOfHash(file) + 4;

    /// <param name="mallocVersion">2 is GLIBC_2.2.5, 18 is <see cref="Version"/>.</param>
    /// <param name="relocated">The symbol that a relocation names: 1 is malloc, 2 is <see cref="Symbol"/>.</param>
    public static byte[] Create(int mallocVersion = 2, int relocated = 1)
    {
        byte[] strings = [.. Names.SelectMany(name => Encoding.ASCII.GetBytes(name + "\0"))];
        byte[] symbols = [.. new byte[24], .. Words(NameAt("malloc"), 0), .. new byte[16], .. Words(NameAt(Symbol), 0), .. new byte[16]];
        byte[] versions = [.. Halves(0, mallocVersion, 18)];
        byte[] needs =
        [
            .. Halves(1, 1), .. Words(NameAt("libc.so.6"), 16, 32),
            .. Words(0x9691a75), .. Halves(0, 2), .. Words(NameAt("GLIBC_2.2.5"), 0),
            .. Halves(1, 2), .. Words(NameAt("libstdc++.so.6"), 16, 0),
            .. Words(0x297f861), .. Halves(0, 3), .. Words(NameAt("GLIBCXX_3.4.11"), 16),
            .. Words(Hash), .. Halves(0, 18), .. Words(NameAt(Version), 0),
        ];
        byte[] relocations = [.. new byte[8], .. Words(7, relocated), .. new byte[8]];

        (int Type, int Link, int Info, byte[] Bytes)[] sections =
        [
            (0, 0, 0, []), (3, 0, 0, strings), (11, 1, 1, symbols), (0x6fffffff, 2, 0, versions), (0x6ffffffe, 1, 2, needs), (4, 2, 0, relocations),
        ];
        var at = 64;
        List<byte> headers = [], contents = [];
        foreach (var (type, link, info, bytes) in sections)
        {
            headers.AddRange([.. Words(0, type), .. new byte[16], .. Words(at, 0, bytes.Length, 0, link, info), .. new byte[16]]);
            contents.AddRange(bytes);
            at += bytes.Length;
        }

        return
        [
            0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, .. new byte[9], .. Halves(3, 62), .. Words(1), .. new byte[16],
            .. Words(at, 0, 0), .. Halves(64, 0, 0, SectionSize, sections.Length, 0), .. contents, .. headers,
        ];
    }

    private const int Hash = 0x297f8d2;

    private static int IndexOfHash(byte[] file) => file.AsSpan().IndexOf([.. Words(Hash)]);

    private static int NameAt(string name) => Names.TakeWhile(other => other != name).Sum(other => other.Length + 1);

    private static byte[] Halves(params int[] values)
    {
        var bytes = new byte[values.Length * 2];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), (ushort)values[i]);
        return bytes;
    }

    private static byte[] Words(params int[] values)
    {
        var bytes = new byte[values.Length * 4];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * i), values[i]);
        return bytes;
    }
}
