using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LightDxml.TextEncoding;

/// <summary>
/// The layout of a cache of text vectors, little-endian. A header of 64 bytes: magic number, version, dimension, the encoder's
/// fingerprint, checksum. Then records: the text's key (16 bytes), the vector, a checksum of both (4 bytes), 4 bytes of zeros.
/// </summary>
internal static class VectorRecord
{
    public const int HeaderBytes = 64;
    public const int KeyBytes = 16;
    private const int FingerprintAt = 16, ChecksumAt = 60, ChecksumBytes = 8;

    /// <summary>"LDXMLVEC" read as a number.</summary>
    private const ulong Magic = 0x4345564C4D58444C;

    private const int Version = 1;

    public static int Bytes(int dimension) => KeyBytes + sizeof(float) * dimension + ChecksumBytes;

    /// <summary>The first half of the text's SHA-256.</summary>
    public static UInt128 Key(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    public static UInt128 ReadKey(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt128LittleEndian(record);

    /// <param name="record">[<see cref="Bytes"/>], overwritten.</param>
    public static void Write(UInt128 key, ReadOnlySpan<float> vector, Span<byte> record)
    {
        record.Clear();
        BinaryPrimitives.WriteUInt128LittleEndian(record, key);
        for (var i = 0; i < vector.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(record[(KeyBytes + sizeof(float) * i)..], vector[i]);
        BinaryPrimitives.WriteUInt32LittleEndian(record[^ChecksumBytes..], Checksum(record[..^ChecksumBytes]));
    }

    /// <returns>False where the checksum is another.</returns>
    public static bool TryRead(ReadOnlySpan<byte> record, Span<float> vector)
    {
        if (BinaryPrimitives.ReadUInt64LittleEndian(record[^ChecksumBytes..]) != Checksum(record[..^ChecksumBytes]))
            return false;
        for (var i = 0; i < vector.Length; i++)
            vector[i] = BinaryPrimitives.ReadSingleLittleEndian(record[(KeyBytes + sizeof(float) * i)..]);
        return true;
    }

    public static byte[] Header(int dimension, string fingerprint)
    {
        var header = new byte[HeaderBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(header, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), dimension);
        Convert.FromHexString(fingerprint).CopyTo(header, FingerprintAt);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(ChecksumAt), Checksum(header.AsSpan(0, ChecksumAt)));
        return header;
    }

    /// <summary>CRC-32C, which processors have an instruction for.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        foreach (var value in bytes[(words.Length * sizeof(ulong))..])
            crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
