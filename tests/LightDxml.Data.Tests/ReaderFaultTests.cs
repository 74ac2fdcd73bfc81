using LightDxml.Data.Parsing;
using LightDxml.TestKit;

namespace LightDxml.Data.Tests;

public sealed class ReaderFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2 5 4\n1 0:1\n4 1:1\n", 3, "label 4 is not below the label count 4")]
    [InlineData("2 5 4\n1 0:1\n1 5:1\n", 3, "feature 5 is not below the feature count 5")]
    [InlineData("2 5 4\n1 0:1\n1 99999999999999999999:1\n", 3, "feature 99999999999999999999 is not below the feature count 5")]
    [InlineData("1 5 4\n1 0:NaN\n", 2, "feature 0 has the value 'NaN', expected a finite number")]
    [InlineData("1 5 4\n1 0:inf\n", 2, "'inf', expected a finite number")]
    [InlineData("1 5 4\n1 0:-Infinity\n", 2, "'-Infinity', expected a finite number")]
    [InlineData("1 5 4\n1 0:1e39\n", 2, "'1e39', expected a finite number")]
    [InlineData("1 5 4\n1 0:1,5\n", 2, "'1,5', expected a finite number")]
    [InlineData("1 5 4\n1 0:\n", 2, "feature 0 has the value '', expected a finite number")]
    [InlineData("1 5 4\n1 0:1.5x 2:1\n", 2, "'1.5x', expected a finite number")]
    [InlineData("1 5 4\n1 0:1 word:2\n", 2, "found 'word:2', expected feature:value")]
    [InlineData("1 5 4\n1 0:1 -2:2\n", 2, "found '-2:2', expected feature:value")]
    [InlineData("1 5 4\n1 0:1 3\n", 2, "found '3', expected feature:value")]
    [InlineData("1 5 4\nx 0:1\n", 2, "found 'x', expected a label number")]
    [InlineData("1 5 4\n1,,2 0:1\n", 2, "expected a label number")]
    [InlineData("1 5 4\n1, 0:1\n", 2, "expected a label number")]
    [InlineData("1 5 4\n-1 0:1\n", 2, "found '-1', expected a label number")]
    [InlineData("1 5 4\n1.0 0:1\n", 2, "found '1.0', expected a label number")]
    [InlineData("1 5 4\n 1,2 0:1\n", 2, "found '1,2', expected feature:value")]
    [InlineData("1 5 4\n1 3:1 0:1 3:2\n", 2, "feature 3 occurs twice")]
    [InlineData("1 5 4\n1 0:1 0:1\n", 2, "feature 0 occurs twice")]
    [InlineData("1 5 4\n2,1,2 0:1\n", 2, "label 2 occurs twice")]
    [InlineData("3 5 4\n1 0:1\n1 1:1\n", 3, "the file ends after 2 documents, but the header says 3")]
    [InlineData("1 5 4\n", 1, "the file ends after 0 documents, but the header says 1")]
    [InlineData("1 5 4\n1 0:1\n\n2 1:1\n", 4, "expected the end of the file: the header says 1 documents")]
    [InlineData("1 5 99999999999\n1 0:1\n", 1, "the header says 99999999999 labels, expected at most 2147483647")]
    [InlineData("2 5\n1 0:1\n", 1, "split format")]
    public void Read_BadXmlRepositoryFile_NamesTheLineAndTheFault(string text, long line, string words) =>
        AssertFault("bad.txt", text, DataFormat.Auto, line, words);

    [Theory]
    [InlineData("a 5 4\n", 1, "found 'a 5 4', expected the header 'documents features labels'")]
    [InlineData("1 -5 4\n", 1, "expected the header 'documents features labels'")]
    [InlineData("\n1 5 4\n", 1, "found '', expected the header 'documents features labels'")]
    [InlineData("1 5 4 9\n", 1, "expected the header 'documents features labels'")]
    public void Read_BadHeader_NamesTheHeader(string text, long line, string words) =>
        AssertFault("bad.txt", text, DataFormat.XmlRepository, line, words);

    [Theory]
    [InlineData("1 2:1\n\n# comment\n1 3:1 3:1\n", 4, "feature 3 occurs twice")]
    [InlineData("1 2:1\n1 qid:3 1:1\n", 2, "found 'qid:3', expected feature:value")]
    [InlineData("1 2147483647:1\n", 1, "feature 2147483647 is larger than 2147483646")]
    [InlineData("99999999999999999999 2:1\n", 1, "found '99999999999999999999', expected a label number")]
    [InlineData("1 2:1 # comment\n1 2:nan # comment\n", 2, "'nan', expected a finite number")]
    [InlineData("# only\n\n", 0, "the file holds no documents")]
    public void Read_BadSvmLightFile_NamesTheLineAndTheFault(string text, long line, string words) =>
        AssertFault("bad.svm", text, DataFormat.Auto, line, words);

    [Theory]
    [InlineData("empty.txt", "")]
    [InlineData("empty.svm", "")]
    [InlineData("empty.txt", "\uFEFF")]
    [InlineData("empty.txt.gz", "")]
    [InlineData("empty.txt.br", "")]
    public void Read_EmptyFile_SaysSo(string name, string text) => AssertFault(name, text, DataFormat.Auto, 0, "the file is empty");

    [Fact]
    public void Read_FileOfNoBytesNamedAsCompressed_IsEmptyOrTruncated()
    {
        File.WriteAllBytes(_folder["none.gz"], []);
        File.WriteAllBytes(_folder["none.br"], []);

        Assert.Contains("empty", FaultOf(_folder["none.gz"]).Message, StringComparison.Ordinal);
        Assert.Contains("truncated", FaultOf(_folder["none.br"]).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Read_SeveralBadLines_FirstInFileOrderIsReported(int threads)
    {
        var random = new Random(threads);
        for (var round = 0; round < 40; round++)
        {
            var lines = Enumerable.Range(0, 60).Select(line => $"{line % 4} 0:1 1:0.25").ToArray();
            var bad = Enumerable.Range(0, 5).Select(_ => random.Next(lines.Length)).ToArray();
            foreach (var line in bad)
                lines[line] = "1 0:bad";
            var path = _folder.Write("bad.txt", "60 5 4\n" + string.Join('\n', lines));

            var fault = Assert.Throws<DataFormatException>(() => DatasetFile.Read(
                path, new DatasetReadOptions { Threads = threads }, new ReadLimits(BlockBytes: random.Next(1, 200))));

            Assert.Equal(bad.Min() + 2, fault.Line);
        }
    }

    [Fact]
    public void Read_LineOverTheLimit_IsAnErrorWithTheLimit()
    {
        var path = _folder.Write("long.txt", "2 5 4\n1 0:1\n1 " + new string(' ', 3000) + "\n");

        var fault = Assert.Throws<DataFormatException>(() => DatasetFile.Read(path, new DatasetReadOptions(), new ReadLimits(BlockBytes: 64, MaxLineBytes: 1024)));

        Assert.Equal(3, fault.Line);
        Assert.Contains("longer than 1024 bytes", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BinaryRubbish_IsQuotedPrintableAndShort()
    {
        var path = _folder.Write("bad.txt", [.. "1 5 4\n1 "u8, .. Enumerable.Repeat((byte)0xfe, 500), 0x00, 0x1b]);

        var fault = FaultOf(path);

        Assert.Equal(2, fault.Line);
        Assert.True(fault.Message.Length < path.Length + 120);
        Assert.DoesNotContain(fault.Message, char.IsControl);
    }

    [Fact]
    public void Read_MissingFile_IsAReadableError()
    {
        var path = _folder["missing.txt"];

        var exception = Assert.Throws<LightDxmlException>(() => DatasetFile.Read(path));

        Assert.Equal($"{path}: the file does not exist.", exception.Message);
    }

    [Fact]
    public void Read_Folder_IsAReadableError() =>
        Assert.Contains("it is a folder", Assert.Throws<LightDxmlException>(() => DatasetFile.Read(_folder.Path)).Message, StringComparison.Ordinal);

    private static DataFormatException FaultOf(string path) => Assert.Throws<DataFormatException>(() => DatasetFile.Read(path));

    private void AssertFault(string name, string text, DataFormat format, long line, string words)
    {
        var path = _folder.Write(name, text);
        foreach (var blockBytes in new[] { 1, 7, 1 << 20 })
        {
            var fault = Assert.Throws<DataFormatException>(() => DatasetFile.Read(
                path, new DatasetReadOptions { Format = format, Threads = 2 }, new ReadLimits(BlockBytes: blockBytes)));

            Assert.Equal((path, line), (fault.File, fault.Line));
            Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        }
    }
}
