using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace LightDxml.Storage;

/// <summary>Tells content apart by XxHash128: what a disk or a copy damaged, and what is not the same file any more. No protection against forgery.</summary>
internal static class Checksum
{
    /// <summary>Bytes of a checksum.</summary>
    public const int Length = 16;

    /// <summary>The checksum of a file, or of all files of a folder with their names, as hexadecimal text.</summary>
    /// <exception cref="LightDxmlException">A file cannot be read.</exception>
    public static string OfPath(string path)
    {
        try
        {
            if (!Directory.Exists(path))
            {
                using var file = File.OpenRead(path);
                return Of(file);
            }

            var hash = new XxHash128();
            foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                hash.Append(MemoryMarshal.AsBytes($"{Path.GetRelativePath(path, file)}\n{OfPath(file)}\n".AsSpan()));
            return Text(hash);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LightDxmlException($"Cannot read {path}: {fault.Message}", fault);
        }
    }

    /// <summary>The checksum of what is left of a stream, as hexadecimal text.</summary>
    public static string Of(Stream stream)
    {
        var hash = new XxHash128();
        hash.Append(stream);
        return Text(hash);
    }

    /// <inheritdoc cref="Of(Stream)"/>
    public static string Of(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(XxHash128.Hash(content));

    /// <summary>The checksum of what was added to a hash so far, as hexadecimal text.</summary>
    public static string Text(XxHash128 hash) => Convert.ToHexStringLower(hash.GetCurrentHash());
}
