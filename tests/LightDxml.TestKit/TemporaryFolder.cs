using System.IO.Compression;
using System.Text;

namespace LightDxml.TestKit;

/// <summary>A folder of a test's own, gone afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private const string Memory = "/dev/shm", Prefix = "lightdxml-tests-";

    public TemporaryFolder()
        : this(Directory.CreateTempSubdirectory(Prefix).FullName)
    {
    }

    private TemporaryFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>One in memory, where the system has a place for it: files come and go there twenty times as fast.</summary>
    public static TemporaryFolder InMemory() => Directory.Exists(Memory)
        ? new(Directory.CreateDirectory(System.IO.Path.Combine(Memory, $"{Prefix}{Guid.NewGuid():N}")).FullName)
        : new();

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes text, compressed as the name says, and gives the path.</summary>
    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var path = this[name];
        File.WriteAllBytes(path, System.IO.Path.GetExtension(name) switch
        {
            ".gz" => Gzip(content),
            ".br" => Brotli(content),
            _ => content,
        });
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public static byte[] Gzip(byte[] content) => Compress(content, stream => new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true));

    public static byte[] Brotli(byte[] content) => Compress(content, stream => new BrotliStream(stream, CompressionLevel.Optimal, leaveOpen: true));

    private static byte[] Compress(byte[] content, Func<Stream, Stream> compressor)
    {
        using var stream = new MemoryStream();
        using (var compressed = compressor(stream))
            compressed.Write(content);
        return stream.ToArray();
    }
}
