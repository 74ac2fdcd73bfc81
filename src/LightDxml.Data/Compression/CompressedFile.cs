using System.IO.Compression;
using System.Text;
using LightDxml.Storage;

namespace LightDxml.Data.Compression;

/// <summary>
/// Files that are gzip-compressed when their name ends in <c>.gz</c>, Brotli-compressed when it ends in <c>.br</c>, plain otherwise. bzip2
/// (<c>.bz2</c>) and xz (<c>.xz</c>) are read, not written.
/// </summary>
internal static class CompressedFile
{
    private const string Gzip = ".gz";
    private const string Brotli = ".br";
    private const string BZip2 = ".bz2";
    private const string Xz = ".xz";

    private static ReadOnlySpan<byte> GzipMagic => [0x1f, 0x8b];

    private static ReadOnlySpan<byte> ZstandardMagic => [0x28, 0xb5, 0x2f, 0xfd];

    /// <summary>The file's bytes, decompressed. Gzip is also told by its first two bytes, whatever the name.</summary>
    /// <exception cref="LightDxmlException">The file is missing or cannot be read.</exception>
    public static Stream OpenRead(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            // Readers bring large buffers of their own.
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            if (HasExtension(path, Brotli))
                return new BrotliReadStream(file);
            if (file.CanSeek && file.Length == 0)
                return file;
            if (HasExtension(path, BZip2))
                return ForeignReadStream.BZip2(file);
            if (HasExtension(path, Xz))
                return ForeignReadStream.Xz(file);
            var start = Start(file);
            if (start.SequenceEqual(ZstandardMagic))
            {
                file.Dispose();
                throw new LightDxmlException($"{path}: it is compressed by Zstandard, which is not read; unpack it (zstd -d), or compress it as .gz, .br, .bz2 or .xz.");
            }

            return HasExtension(path, Gzip) || start.StartsWith(GzipMagic) ? new GzipReadStream(file) : file;
        }
        catch (InvalidDataException exception)
        {
            throw new DataFormatException(path, 0, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var reason = exception switch
            {
                FileNotFoundException or DirectoryNotFoundException => "the file does not exist.",
                _ when Directory.Exists(path) => "it is a folder, expected a file.",
                _ => $"cannot be read: {exception.Message}",
            };
            throw new LightDxmlException($"{path}: {reason}", exception);
        }
    }

    /// <summary>The lines of a file of text, decompressed.</summary>
    /// <exception cref="DataFormatException">The compressed data are truncated or corrupt.</exception>
    /// <exception cref="LightDxmlException">The file is missing or cannot be read.</exception>
    public static IEnumerable<string> ReadLines(string path)
    {
        using var reader = new StreamReader(OpenRead(path), Encoding.UTF8);
        for (var number = 1L; Next(number) is { } line; number++)
            yield return line;

        string? Next(long number)
        {
            try
            {
                return reader.ReadLine();
            }
            catch (InvalidDataException exception)
            {
                throw new DataFormatException(path, number, exception.Message);
            }
        }
    }

    /// <summary>Writes a file anew, whole or not at all, compressed as its name says.</summary>
    /// <exception cref="LightDxmlException">The name asks for a compression that is only read.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        if (HasExtension(path, BZip2) || HasExtension(path, Xz))
            throw new LightDxmlException($"{path}: bzip2 and xz are read, not written; .gz and .br are written.");
        WriteWhole(path, write);
    }

    private static void WriteWhole(string path, Action<Stream> write) => AtomicFile.Write(path, file =>
    {
        if (HasExtension(path, Gzip))
        {
            using var gzip = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
            write(gzip);
        }
        else if (HasExtension(path, Brotli))
        {
            using var brotli = new BrotliStream(file, CompressionLevel.Optimal, leaveOpen: true);
            write(brotli);
        }
        else
        {
            write(file);
        }
    });

    /// <summary>The name without the ending that tells the compression: <c>train.svm.gz</c> → <c>train.svm</c>.</summary>
    public static string NameWithoutCompression(string path) =>
        new[] { Gzip, Brotli, BZip2, Xz }.Any(extension => HasExtension(path, extension)) ? Path.ChangeExtension(path, null) : path;

    private static bool HasExtension(string path, string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>Throws where there is something that can be read only once. A look at its first bytes would take them away, and of a named pipe would wait.</summary>
    /// <exception cref="LightDxmlException">There is a pipe or a socket.</exception>
    public static void RefusePipe(string path)
    {
        if (FileKinds.Of(path) is FileKind.Pipe or FileKind.Socket)
            throw new LightDxmlException($"{path}: it is a pipe, which cannot be read twice, as data are; write it to a file first.");
    }

    /// <summary>The first bytes of a file, as far as there are any that can be read twice.</summary>
    private static ReadOnlySpan<byte> Start(FileStream file)
    {
        if (!file.CanSeek)
            return [];
        var start = new byte[4];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return start.AsSpan(0, read);
    }
}
