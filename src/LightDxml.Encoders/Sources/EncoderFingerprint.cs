using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LightDxml.TextEncoding;

namespace LightDxml.Encoders.Sources;

/// <summary>Collects everything that the vectors of an encoder depend on.</summary>
internal sealed class EncoderFingerprint : IDisposable
{
    /// <summary>Raise it when texts get other vectors by a change here.</summary>
    private const int Version = 1;

    /// <summary>Raise it when 8-bit weights are made otherwise.</summary>
    private const int EightBitVersion = 1;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public EncoderFingerprint() => Add(Version);

    /// <summary>A part with its length, so that parts cannot run into each other.</summary>
    public void Add(ReadOnlySpan<byte> part)
    {
        Add(part.Length);
        _hash.AppendData(part);
    }

    /// <exception cref="LightDxmlException">The file cannot be read.</exception>
    public void AddFile(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            Add(stream.Length);
            var buffer = new byte[1 << 20];
            while (stream.Read(buffer) is > 0 and var count)
                _hash.AppendData(buffer, 0, count);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LightDxmlException($"{path}: cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>That 8-bit weights are made of the network.</summary>
    public void AddEightBit()
    {
        Add("8-bit weights"u8);
        Add(EightBitVersion);
    }

    /// <summary>The end of it: how texts are read.</summary>
    public string Finish(TextPooling pooling, int maxTokens, byte[] prompt, TextEncoderOptions options)
    {
        Add((int)pooling);
        Add(maxTokens);
        Add(options.Windows);
        Add(prompt);
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private void Add(long number) => _hash.AppendData(Encoding.ASCII.GetBytes($"{number.ToString(CultureInfo.InvariantCulture)};"));
}
