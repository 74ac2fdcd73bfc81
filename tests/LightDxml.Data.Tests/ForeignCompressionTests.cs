using System.Text;
using LightDxml.Data.Compression;
using LightDxml.TestKit;

namespace LightDxml.Data.Tests;

/// <summary>bzip2 and xz are read; the samples were written by Python's bz2 and lzma.</summary>
public sealed class ForeignCompressionTests : IDisposable
{
    private const string BZip2 = "QlpoOTFBWSZTWaDr7nQAAFBYAAAQQAF/8DAA9YhAaptP1IQSqP/VUyABD9UaVRgMVaWNbIAgAgABzU7dlLZrOd2QAAFhIABou7u7xnc9h89Z0l3dV1VV1/XVybzgAANbOurTergAAJMm7kqAAAVkhkm7k+1VXSTt3e3diSGzMkraVVSSSZVXmjuLObuO+iNJJAWERMz8AIIjTu7N+LuSKcKEhQdfc6A=";
    private const string Xz = "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AIcAJZdABgIAmZd2NT/6ZGjx3CBewacLldNpl9jU5WZUYKlXA9c5gAYjq5B5C3MD/XG6ds53IJ5khVuHw9geyaGaznQ3vnOYA4jp3J5UBcVqZOhdYfTE25d6YFaHPyvQ+l6uDM92MKA6gwDERU7loFMrFqAUndC8GeiUvMCYgV/8mQrUcWP7bGIRdGyQIdF/Gf3coCdU8nh39hkAgAAAL7ug5FM2FZIAAGyAZ0EAAC23hThscRn+wIAAAAABFla";

    private static readonly string Content = string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 3} 0:{i}.5 {i + 1}:1\n"));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("points.svm.bz2", BZip2)]
    [InlineData("points.svm.xz", Xz)]
    [InlineData("POINTS.SVM.XZ", Xz)]
    public void Compressed_IsReadAsPlain(string name, string sample)
    {
        var path = _folder.Write(name, Convert.FromBase64String(sample));
        Assert.Equal(Content, Read(path));
        Assert.Equal(40, DatasetFile.Read(path).PointCount);
    }

    [Theory]
    [InlineData(".bz2", BZip2)]
    [InlineData(".xz", Xz)]
    public void SeveralStreams_AreReadOneAfterTheOther(string extension, string sample)
    {
        byte[] one = Convert.FromBase64String(sample);
        Assert.Equal(Content + Content, Read(_folder.Write("two" + extension, [.. one, .. one])));
    }

    [Theory]
    [InlineData(".bz2", BZip2, 1)]
    [InlineData(".bz2", BZip2, 20)]
    [InlineData(".xz", Xz, 1)]
    [InlineData(".xz", Xz, 13)]
    [InlineData(".xz", Xz, 60)]
    public void Truncated_IsAFault(string extension, string sample, int missing)
    {
        var path = _folder.Write("cut.svm" + extension, Convert.FromBase64String(sample)[..^missing]);
        Assert.Contains("truncated or corrupt", Assert.Throws<DataFormatException>(() => DatasetFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("set.svm.bz2")]
    [InlineData("set.svm.xz")]
    public void NotWhatTheNameSays_IsAFault_AndNothingIsWritten(string name)
    {
        Assert.Contains("truncated or corrupt", Assert.Throws<DataFormatException>(() => DatasetFile.Read(_folder.Write(name, Content))).Message, StringComparison.Ordinal);
        var plain = DatasetFile.Read(_folder.Write("set.svm", Content));
        Assert.Contains("not written", Assert.Throws<LightDxmlException>(() => DatasetFile.Write(plain, _folder["new-" + name])).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["new-" + name]));
    }

    private static string Read(string path)
    {
        using var reader = new StreamReader(CompressedFile.OpenRead(path), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
