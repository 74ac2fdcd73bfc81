using System.IO.Compression;
using System.Text;
using LightDxml.Data.Compression;
using LightDxml.Data.Parsing;
using LightDxml.TestKit;

namespace LightDxml.Data.Tests;

public sealed class CompressedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("points.txt.gz")]
    [InlineData("points.txt.br")]
    [InlineData("POINTS.TXT.GZ")]
    public void Read_CompressedByExtension_IsTransparent(string name)
    {
        var content = Encoding.UTF8.GetBytes(Text(pointCount: 500));
        var path = _folder[name];
        File.WriteAllBytes(path, name.EndsWith(".br", StringComparison.Ordinal) ? TemporaryFolder.Brotli(content) : TemporaryFolder.Gzip(content));

        Assert.Equal(500, DatasetFile.Read(path).PointCount);
    }

    [Fact]
    public void Read_GzipUnderAnyName_IsToldByItsFirstBytes()
    {
        var path = _folder.Write("points.txt", TemporaryFolder.Gzip("1 5 4\n1 0:1\n"u8.ToArray()));

        Assert.Equal([1], DatasetFile.Read(path).Labels.RowColumns(0).ToArray());
    }

    [Fact]
    public void Read_Zstandard_IsAnErrorThatSaysWhatToDo()
    {
        var path = _folder.Write("points.txt.zst", (byte[])[0x28, 0xb5, 0x2f, 0xfd, 0x24, 0]);

        Assert.Contains("zstd -d", Assert.Throws<LightDxmlException>(() => DatasetFile.Read(path)).Message, StringComparison.Ordinal);
        File.Delete(path); // and is not kept open
    }

    [Fact]
    public void Read_GzipOfSeveralMembers_IsTheirContentsInARow()
    {
        var path = _folder["points.gz"];
        File.WriteAllBytes(path, [.. TemporaryFolder.Gzip("2 5 4\n1 0:"u8.ToArray()), .. TemporaryFolder.Gzip("1\n2 3:1\n"u8.ToArray())]);

        var dataset = DatasetFile.Read(path);

        Assert.Equal(2, dataset.PointCount);
        Assert.Equal([3], dataset.Features.RowColumns(1).ToArray());
    }

    [Fact]
    public void Read_BrotliOfSeveralStreams_IsTheirContentsInARow()
    {
        var path = _folder["points.txt.br"];
        File.WriteAllBytes(path, [.. TemporaryFolder.Brotli("2 5 4\n1 0:"u8.ToArray()), .. TemporaryFolder.Brotli([]), .. TemporaryFolder.Brotli("1\n2 3:1\n"u8.ToArray())]);

        var dataset = DatasetFile.Read(path);

        Assert.Equal(2, dataset.PointCount);
        Assert.Equal([3], dataset.Features.RowColumns(1).ToArray());
    }

    [Theory]
    [InlineData("points.txt.gz", "followed by other bytes")]
    [InlineData("points.txt.br", "Brotli data are")]
    public void Read_OtherBytesAfterTheCompressedData_IsAnError(string name, string words)
    {
        var path = _folder.Write(name, Text(pointCount: 20));
        File.WriteAllBytes(path, [.. File.ReadAllBytes(path), .. "these are no compressed bytes"u8]);

        Assert.Contains(words, Assert.Throws<DataFormatException>(() => DatasetFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void GzipReadStream_DecompressorThatFillsTheBufferAcrossReads_GivesAllBytesAndNoMore(int bufferBytes)
    {
        var content = Encoding.UTF8.GetBytes(Text(pointCount: 3000));
        byte[] compressed = [.. TemporaryFolder.Gzip(content), .. TemporaryFolder.Gzip(content)];

        Assert.Equal([.. content, .. content], ReadGreedily(compressed, bufferBytes));
        for (var cut = 1; cut < 40; cut++)
            Assert.Contains("truncated", Assert.Throws<InvalidDataException>(() => ReadGreedily(compressed[..^cut], bufferBytes)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".gz", false)]
    [InlineData(".gz", true)]
    [InlineData(".br", false)]
    public void Read_TruncatedAnywhere_IsAnError(string extension, bool twoMembers)
    {
        var content = Encoding.UTF8.GetBytes(Text(pointCount: 40));
        var complete = extension == ".gz" ? TemporaryFolder.Gzip(content) : TemporaryFolder.Brotli(content);
        if (twoMembers)
            complete = [.. TemporaryFolder.Gzip([]), .. complete];
        for (var length = 1; length < complete.Length; length++)
        {
            var path = _folder["cut" + extension];
            File.WriteAllBytes(path, complete[..length]);

            var fault = Assert.Throws<DataFormatException>(() => DatasetFile.Read(path));

            // A file cut exactly between two members is whole; the first one here holds nothing.
            var words = twoMembers && length == complete.Length - TemporaryFolder.Gzip(content).Length ? "empty" : "truncated";
            Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(".gz")]
    [InlineData(".br")]
    public void Read_Truncated_NamesTheLineAfterTheLastWholeOne(string extension)
    {
        // Random features hardly compress, so that half of the file holds about half of the lines.
        var random = new Random(2);
        var text = new StringBuilder("3000 100000 4\n");
        for (var point = 0; point < 3000; point++)
            text.Append(random.Next(4)).Append(' ').Append(random.Next(100_000)).Append(':').Append(random.Next(1000)).Append('\n');
        var path = _folder.Write("cut.txt" + extension, text.ToString());
        var complete = File.ReadAllBytes(path);
        File.WriteAllBytes(path, complete[..(complete.Length / 2)]);

        var wholeLines = WholeLinesOf(File.ReadAllBytes(path), extension);
        Assert.InRange(wholeLines, 1000, 2000);
        foreach (var (threads, blockBytes) in new[] { (1, 1 << 20), (2, 64), (4, 1000) })
        {
            var fault = Assert.Throws<DataFormatException>(() => DatasetFile.Read(path, new DatasetReadOptions { Threads = threads }, new ReadLimits(blockBytes)));
            Assert.Contains("truncated", fault.Message, StringComparison.Ordinal);
            Assert.Equal(wholeLines + 1, fault.Line);
        }
    }

    [Fact]
    public void Read_BadLineBeforeTheTruncation_IsReportedFirst()
    {
        var text = Text(pointCount: 3000).Replace("\n2 2:", "\n2 x:", StringComparison.Ordinal);
        var path = _folder.Write("cut.txt.gz", text);
        var complete = File.ReadAllBytes(path);
        File.WriteAllBytes(path, complete[..^9]);

        var fault = Assert.Throws<DataFormatException>(() => DatasetFile.Read(path, threads: 2));

        Assert.Equal(4, fault.Line);
        Assert.Contains("expected feature:value", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_GzipWithAFlippedByte_IsNeverReadAsSomethingElse()
    {
        var content = Encoding.UTF8.GetBytes(Text(pointCount: 60));
        var complete = TemporaryFolder.Gzip(content);
        var path = _folder["flipped.gz"];
        var expected = DatasetFile.Read(_folder.Write("points.txt", content));
        for (var i = 0; i < complete.Length; i++)
        {
            var flipped = (byte[])complete.Clone();
            flipped[i] ^= 0x55;
            File.WriteAllBytes(path, flipped);
            Dataset? actual = null;
            try
            {
                actual = DatasetFile.Read(path);
            }
            catch (DataFormatException)
            {
            }

            // Time stamp and operating system in the gzip header carry no data.
            if (actual is not null)
                SparseMatrixSamples.AssertEqual(expected.Features, actual.Features);
        }
    }

    [Theory]
    [InlineData("text.gz", "gzip data are corrupt")]
    [InlineData("text.br", "Brotli data are")]
    public void Read_PlainTextNamedAsCompressed_SaysWhatIsWrong(string name, string words)
    {
        File.WriteAllText(_folder[name], Text(pointCount: 20));

        var fault = Assert.Throws<DataFormatException>(() => DatasetFile.Read(_folder[name]));

        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, fault.Line);
    }

    private static byte[] ReadGreedily(byte[] compressed, int bufferBytes)
    {
        using var stream = new GzipReadStream(new MemoryStream(compressed), input => new BufferedFill(new GZipStream(input, CompressionMode.Decompress)));
        using var content = new MemoryStream();
        stream.CopyTo(content, bufferBytes);
        return content.ToArray();
    }

    /// <summary>Reads on until the buffer is full, as a stream may.</summary>
    private sealed class BufferedFill(Stream inner) : ReadOnlyStream
    {
        public override int Read(Span<byte> buffer) => inner.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
    }

    /// <summary>The lines that the runtime's streams get out of a truncated file before they end silently.</summary>
    private static int WholeLinesOf(byte[] compressed, string extension)
    {
        using var stream = new MemoryStream(compressed);
        using Stream decompressed = extension == ".gz"
            ? new GZipStream(stream, CompressionMode.Decompress)
            : new BrotliStream(stream, CompressionMode.Decompress);
        using var content = new MemoryStream();
        decompressed.CopyTo(content);
        return content.ToArray().Count(value => value == '\n');
    }

    private static string Text(int pointCount) =>
        $"{pointCount} 5000 4\n" + string.Concat(Enumerable.Range(0, pointCount).Select(point => $"{point % 4} {point}:{point * 7919 % 1000}\n"));
}
