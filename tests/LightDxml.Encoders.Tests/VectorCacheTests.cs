using LightDxml.Data;
using LightDxml.TestKit;
using LightDxml.Text.Vectors;
using LightDxml.TextEncoding;

namespace LightDxml.Encoders.Tests;

public sealed class VectorCacheTests : IDisposable
{
    private const int Dimension = 3;
    private static readonly string[] Texts = ["one", "two", "three", "two", "four"];
    private readonly TemporaryFolder _folder = new();

    private string File => Assert.Single(Directory.GetFiles(_folder.Path, "*.vectors"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void SecondCall_EncodesNothing_AndGivesTheSameBits()
    {
        var (first, counted) = Encode(Texts);
        Assert.Equal(["four", "one", "three", "two"], counted.Encoded.Order());
        var (second, again) = Encode([.. Texts.Reverse()]);
        Assert.Empty(again.Encoded);
        Assert.Equal(first.Reverse(), second);
    }

    [Fact]
    public void NewTexts_AreAddedToThoseKept()
    {
        Encode(["one"]);
        Assert.Equal(["five"], Encode(["one", "five"]).Encoder.Encoded);
        Assert.Empty(Encode(["five", "one"]).Encoder.Encoded);
    }

    [Fact]
    public void FileThatAnotherProcessAppendsTo_IsLeftAlone_AndReadAgainAfterwards()
    {
        Encode(["one"]);
        using (new FileStream(File, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Assert.Equal(["one", "two"], Encode(["one", "two"]).Encoder.Encoded.Order());
        Assert.Equal(["two"], Encode(["one", "two"]).Encoder.Encoded);
        Assert.Empty(Encode(["one", "two"]).Encoder.Encoded);
    }

    [Fact]
    public void AnotherEncoder_HasAFileOfItsOwn()
    {
        Encode(Texts);
        Assert.NotEmpty(Encode(Texts, seed: 2).Encoder.Encoded);
        Assert.Equal(2, Directory.GetFiles(_folder.Path, "*.vectors").Length);
        Assert.Empty(Encode(Texts).Encoder.Encoded);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(35)]
    public void PartOfARecord_LeftByAKilledProcess_IsCutOff(int missing)
    {
        Encode(Texts);
        Cut(missing);
        var (vectors, encoder) = Encode(Texts);
        Assert.Equal(["four"], encoder.Encoded);
        Assert.Equal(Encode(Texts).Vectors, vectors);
        Assert.Empty(Encode(Texts).Encoder.Encoded);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(63)]
    public void PartOfAHeader_IsWrittenAnew(int length)
    {
        Encode(Texts);
        using (var stream = new FileStream(File, FileMode.Open))
            stream.SetLength(length);
        Assert.Equal(4, Encode(Texts).Encoder.Encoded.Count);
        Assert.Empty(Encode(Texts).Encoder.Encoded);
    }

    [Theory]
    [InlineData(0, "it is not a cache of text vectors of this encoder")]
    [InlineData(12, "it is not a cache of text vectors of this encoder")]
    [InlineData(50, "it is not a cache of text vectors of this encoder")]
    [InlineData(64 + 16, "the record at byte 64 is damaged")]
    [InlineData(64 + 36 + 30, "the record at byte 100 is damaged")]
    [InlineData(64 + 3 * 36 - 1, "the record at byte 136 is damaged")]
    public void DamagedBytes_AreRefused_WithWhatToDo(int place, string message)
    {
        Encode(["a", "b", "c"]);
        var file = File;
        var bytes = System.IO.File.ReadAllBytes(file);
        bytes[place] ^= 0x10;
        System.IO.File.WriteAllBytes(file, bytes);
        var fault = Assert.Throws<LightDxmlException>(() => Encode(["a", "b", "c"]));
        Assert.StartsWith(file, fault.Message, StringComparison.Ordinal);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Contains("Delete the file", fault.Message, StringComparison.Ordinal);
    }

    // The message on a damaged record advises to delete the file, and a running process may meet the next one.
    [Fact]
    public void FileThatIsDeletedMeanwhile_IsNotReadAtTheFormerPlaces()
    {
        var cache = new VectorCache(_folder.Path, "c", new string('0', 64), Dimension);
        cache.Append([1, 2], [1, 1, 1, 2, 2, 2]);
        System.IO.File.Delete(cache.FileName);
        cache.Append([3], [3, 3, 3]);
        var vector = new float[Dimension];
        Assert.False(cache.TryGet(1, vector));
        Assert.True(cache.TryGet(3, vector));
        Assert.Equal([3, 3, 3], vector);

        // As long as the one before.
        System.IO.File.Delete(cache.FileName);
        new VectorCache(_folder.Path, "c", new string('0', 64), Dimension).Append([4], [4, 4, 4]);
        cache.Append([5], [5, 5, 5]);
        Assert.False(cache.TryGet(3, vector));
        Assert.True(cache.TryGet(4, vector));
        Assert.Equal([4, 4, 4], vector);
    }

    [Fact]
    public void CancelledCall_KeepsWhatWasEncodedBefore()
    {
        var texts = Enumerable.Range(0, 5000).Select(i => $"text {i}").ToArray();
        using var cancellation = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Encode(texts, cancelAfter: 4500, cancellation: cancellation));
        Assert.InRange(Encode(texts).Encoder.Encoded.Count, 1, 1000);
    }

    [Fact]
    public void FolderThatCannotBeMade_IsRefused()
    {
        System.IO.File.WriteAllText(_folder["a file"], "");
        var fault = Assert.Throws<LightDxmlException>(() => new CachedTextEncoder(new CountingEncoder(1), Path.Combine(_folder["a file"], "cache")));
        Assert.Contains("the folder for text vectors cannot be made", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_CountsTextsFromTheCache()
    {
        Encode(["one", "two"]);
        var reports = new List<TextEncodingProgress>();
        Encode(["one", "two", "three"], progress: new Reports(reports));
        Assert.Equal(new TextEncodingProgress(2, 3, null), reports[0]);
        Assert.Equal(new TextEncodingProgress(3, 3, TimeSpan.Zero), reports[^1]);
    }

    private void Cut(int bytes)
    {
        using var stream = new FileStream(File, FileMode.Open);
        stream.SetLength(stream.Length - bytes);
    }

    private (float[][] Vectors, CountingEncoder Encoder) Encode(
        string[] texts, int seed = 1, int cancelAfter = int.MaxValue, CancellationTokenSource? cancellation = null, IProgress<TextEncodingProgress>? progress = null)
    {
        var inner = new CountingEncoder(seed) { CancelAfter = cancelAfter, Cancellation = cancellation };
        using var encoder = new CachedTextEncoder(inner, _folder.Path);
        var vectors = new DenseMatrix(texts.Length, Dimension);
        encoder.Encode(EncoderCalls.Utf8(texts), vectors, threads: 2, progress, cancellation?.Token ?? default);
        return ([.. Enumerable.Range(0, texts.Length).Select(row => vectors.Row(row).ToArray())], inner);
    }

    private sealed class Reports(List<TextEncodingProgress> reports) : IProgress<TextEncodingProgress>
    {
        public void Report(TextEncodingProgress value) => reports.Add(value);
    }

    /// <summary>A text's vector is made of its bytes; what was asked is kept.</summary>
    private sealed class CountingEncoder(int seed) : ITextEncoder
    {
        public List<string> Encoded { get; } = [];

        public int CancelAfter { get; init; }

        public CancellationTokenSource? Cancellation { get; init; }

        public string Name => "counting";

        public string Fingerprint => new((char)('0' + seed), 64);

        public int Dimension => VectorCacheTests.Dimension;

        public void Encode(IReadOnlyList<ReadOnlyMemory<byte>> texts, DenseMatrix vectors, int threads, IProgress<TextEncodingProgress>? progress, CancellationToken cancellation)
        {
            for (var i = 0; i < texts.Count; i++)
            {
                Encode(texts[i].Span, vectors.Row(i));
                if (Encoded.Count > CancelAfter)
                    Cancellation!.Cancel();
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new TextEncodingProgress(i + 1, texts.Count, null));
            }
        }

        public void Encode(ReadOnlySpan<byte> text, Span<float> vector)
        {
            Encoded.Add(System.Text.Encoding.UTF8.GetString(text));
            for (var i = 0; i < vector.Length; i++)
                vector[i] = 1f / (1 + text[i % text.Length] + i * seed);
        }

        public void Dispose()
        {
        }
    }
}
