using LightDxml.Models;

namespace LightDxml.Tests.Models;

public class DeltaColumnsTests
{
    [Theory]
    [InlineData(new int[0], new byte[0])]
    [InlineData(new[] { 0 }, new byte[] { 1 })]
    [InlineData(new[] { 253, 254 }, new byte[] { 254, 1 })]
    [InlineData(new[] { 254 }, new byte[] { 255, 0 })]
    [InlineData(new[] { 0, 1000 }, new byte[] { 1, 255, 255, 255, 235 })] // 1000 = 3 · 255 + 235
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
    [InlineData(new byte[] { 255 }, 1)] // a carry without its end
    [InlineData(new byte[] { 200 }, 1)] // beyond the columns
    [InlineData(new byte[] { 5, 0 }, 2)] // not ascending
    public void Decode_DamagedBytes_SaysSo(byte[] bytes, int columns) =>
        Assert.Equal(-1, DeltaColumns.Decode(bytes, 100, new int[columns]));
}
