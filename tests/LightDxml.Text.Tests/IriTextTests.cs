using LightDxml.Text.Skos;

namespace LightDxml.Text.Tests;

public sealed class IriTextTests
{
    // The examples of RFC 3986, section 5.4, and names that other tools would unescape.
    [Theory]
    [InlineData("g", "http://a/b/c/g")]
    [InlineData("./g", "http://a/b/c/g")]
    [InlineData("g/", "http://a/b/c/g/")]
    [InlineData("/g", "http://a/g")]
    [InlineData("//g", "http://g")]
    [InlineData("?y", "http://a/b/c/d;p?y")]
    [InlineData("g?y", "http://a/b/c/g?y")]
    [InlineData("#s", "http://a/b/c/d;p?q#s")]
    [InlineData("", "http://a/b/c/d;p?q")]
    [InlineData(".", "http://a/b/c/")]
    [InlineData("..", "http://a/b/")]
    [InlineData("../g", "http://a/b/g")]
    [InlineData("../../../g", "http://a/g")]
    [InlineData("g;x=1/../y", "http://a/b/c/y")]
    [InlineData("g?y/../x", "http://a/b/c/g?y/../x")]
    [InlineData("urn:x:1", "urn:x:1")]
    [InlineData("a%20b/ü", "http://a/b/c/a%20b/ü")]
    public void Resolve_IsThatOfTheStandard(string iri, string whole) => Assert.Equal(whole, IriText.Resolve(iri, "http://a/b/c/d;p?q#f"));

    [Fact]
    public void Resolve_OfABaseWithoutAPath_AndOfNone()
    {
        Assert.Equal("http://a/g", IriText.Resolve("g", "http://a"));
        Assert.Equal("g", IriText.Resolve("g", null));
    }
}
