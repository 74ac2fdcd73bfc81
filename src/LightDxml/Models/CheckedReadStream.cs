using System.IO.Hashing;
using LightDxml.Data.Compression;
using LightDxml.Storage;

namespace LightDxml.Models;

/// <summary>Reads a file, and at its end throws where it is not the one of the checksum.</summary>
/// <param name="file">Disposed with this stream.</param>
/// <param name="name">What messages call the file.</param>
internal sealed class CheckedReadStream(Stream file, string checksum, string name) : ReadOnlyStream
{
    private readonly XxHash128 _hash = new();

    /// <exception cref="LightDxmlException">The end is reached, and the file is another one.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = file.Read(buffer);
        SavedFiles.Append(buffer[..read], _hash);
        if (read == 0 && buffer.Length > 0 && Checksum.Text(_hash) != checksum)
            throw SavedFiles.Fault(name);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }
}
