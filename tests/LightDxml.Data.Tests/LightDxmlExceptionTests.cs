using LightDxml.Configuration;

namespace LightDxml.Data.Tests;

public class LightDxmlExceptionTests
{
    [Theory]
    [InlineData("one\r\ntwo\nthree", "one two three")]
    [InlineData("\u001b[31mred\u0007\u009b2J\0", "?[31mred??2J?")]
    [InlineData("turned \u202Eround\u2028", "turned ?round ")]
    [InlineData("tab\there, größe 模型", "tab here, größe 模型")]
    public void Message_WhateverItQuotes_IsOneLineThatCanBePrinted(string message, string expected)
    {
        Assert.Equal(expected, new LightDxmlException(message).Message);
        Assert.Equal(expected, new OptionsException(message).Message);
        Assert.Equal($"file(3): {expected}", new DataFormatException("file", 3, message).Message);
    }

    [Fact]
    public void Message_VeryLong_KeepsItsStartAndItsEnd()
    {
        var message = new LightDxmlException($"train.csv(1): found {new string('x', 1_000_000)}, expected 'text' among them").Message;

        Assert.InRange(message.Length, 100, 900);
        Assert.StartsWith("train.csv(1): found ", message, StringComparison.Ordinal);
        Assert.EndsWith("expected 'text' among them", message, StringComparison.Ordinal);
    }
}
