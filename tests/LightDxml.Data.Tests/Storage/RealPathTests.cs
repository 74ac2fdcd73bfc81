using LightDxml.Storage;
using LightDxml.TestKit;

namespace LightDxml.Data.Tests.Storage;

public sealed class RealPathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RealPathTests()
    {
        Directory.CreateDirectory(_folder["real/deep"]);
        File.WriteAllText(_folder["real/deep/file"], "");
        Directory.CreateSymbolicLink(_folder["absolute"], _folder["real"]);
        Directory.CreateSymbolicLink(_folder["relative"], "absolute/deep");
        File.CreateSymbolicLink(_folder["real/link"], Path.Combine("..", "relative", "file"));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("real/deep/file", "real/deep/file")]
    [InlineData("real/./deep/../deep/file", "real/deep/file")]
    [InlineData("absolute/deep/file", "real/deep/file")]
    [InlineData("relative/file", "real/deep/file")]
    [InlineData("absolute/link", "real/deep/file")]
    [InlineData("relative/", "real/deep")]
    [InlineData("relative/new", "real/deep/new")]
    [InlineData("none/new", "none/new")]
    public void Of_NameThroughLinks_IsWhereItLeads(string name, string real) =>
        Assert.Equal(Path.Combine(RealPath.Of(_folder.Path), real), RealPath.Of(_folder[name]));

    [Fact]
    public void Of_LinksInACircle_Ends()
    {
        File.CreateSymbolicLink(_folder["one"], "two");
        File.CreateSymbolicLink(_folder["two"], "one");
        Assert.StartsWith(RealPath.Of(_folder.Path), RealPath.Of(_folder["one/below"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/a/b", "/a", true)]
    [InlineData("/a", "/", true)]
    [InlineData("/ab", "/a", false)]
    [InlineData("/a", "/a", false)]
    public void IsWithin_IsOfWholeNames(string path, string folder, bool within) => Assert.Equal(within, RealPath.IsWithin(path, folder));
}
