using System.IO.Compression;
using System.Text;

namespace LightDxml.Tests.Data;

/// <summary>A folder of a test's own, gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullName { get; } = Directory.CreateTempSubdirectory("lightdxml-tests").FullName;

    public string PathOf(string name) => Path.Combine(FullName, name);

    /// <summary>Writes text, compressed as the name says, and gives the path.</summary>
    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] content)
    {
        var path = PathOf(name);
        File.WriteAllBytes(path, Path.GetExtension(name) switch
        {
            ".gz" => Gzip(content),
            ".br" => Brotli(content),
            _ => content,
        });
        return path;
    }

    public void Dispose() => Directory.Delete(FullName, recursive: true);

    public static byte[] Gzip(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(content);
        return stream.ToArray();
    }

    public static byte[] Brotli(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var brotli = new BrotliStream(stream, CompressionLevel.Optimal, leaveOpen: true))
            brotli.Write(content);
        return stream.ToArray();
    }
}
