using LightDxml.Models;

namespace LightDxml.Tests.Models;

public class DeltaColumnsTests
{
    [Theory]
    [InlineData(new int[0], new byte[0])]
    [InlineData(new[] { 0 }, new byte[] { 1 })]
    [InlineData(new[] { 126, 127 }, new byte[] { 127, 1 })]
    [InlineData(new[] { 127 }, new byte[] { 0x80, 1 })] // 128 = 0 + 1 · 128
    [InlineData(new[] { 0, 1000 }, new byte[] { 1, 0x68 | 0x80, 7 })] // 1000 = 0x68 + 7 · 128
    public void Encode_HandComputed(int[] columns, byte[] expected)
    {
        var bytes = new List<byte>();
        DeltaColumns.Encode(columns, bytes);
        Assert.Equal(expected, bytes);
        var decoded = new int[columns.Length];
        Assert.Equal(expected.Length, DeltaColumns.Decode(expected, 2000, decoded));
        Assert.Equal(columns, decoded);
    }

    [Fact]
    public void Decode_OfEncodedRandomRows_GivesThemBack()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            int[] columns = [.. Enumerable.Range(0, random.Next(50)).Select(_ => random.Next(1 + seed * 100)).Distinct().Order()];
            var bytes = new List<byte>();
            DeltaColumns.Encode(columns, bytes);
            var decoded = new int[columns.Length];
            Assert.Equal(bytes.Count, DeltaColumns.Decode([.. bytes, 7, 7], 1 + seed * 100, decoded));
            Assert.Equal(columns, decoded);
        }
    }

    [Theory]
    [InlineData(new byte[] { 1 }, 2)] // too few bytes
    [InlineData(new byte[] { 255 }, 1)] // a distance without its end
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255 }, 1)] // a distance that never ends
    [InlineData(new byte[] { 200 }, 1)] // beyond the columns
    [InlineData(new byte[] { 5, 0 }, 2)] // not ascending
    public void Decode_DamagedBytes_SaysSo(byte[] bytes, int columns) =>
        Assert.Equal(-1, DeltaColumns.Decode(bytes, 100, new int[columns]));
}
