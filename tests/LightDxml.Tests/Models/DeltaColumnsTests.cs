using LightDxml.Models;

namespace LightDxml.Tests.Models;

public class DeltaColumnsTests
{
    [Theory]
    [InlineData(new int[0], new byte[0])]
    [InlineData(new[] { 0 }, new byte[] { 0, 0 })] // nothing between: a zero
    [InlineData(new[] { 0, 1, 2 }, new byte[] { 0, 0 })]
    [InlineData(new[] { 1, 2 }, new byte[] { 0, 0b001 })] // 1 between: 1, 0; none: 0
    [InlineData(new[] { 3 }, new byte[] { 1, 0b101 })] // 3 between, ln 2 · 3 = 2.1, k = 1: upper 1 is 1, 0; lower 1
    [InlineData(new[] { 6, 13 }, new byte[] { 2, 0b10011001 })] // 6 between twice, ln 2 · 6 = 4.2, k = 2: upper 1 is 1, 0; lower 2 is 0, 1
    public void Encode_HandComputed(int[] columns, byte[] expected)
    {
        var bytes = new List<byte>();
        DeltaColumns.Encode(columns, bytes);
        Assert.Equal(expected, bytes);
        Assert.Equal(expected.Length, DeltaColumns.EncodedLength(columns));
        var decoded = new int[columns.Length];
        Assert.Equal(expected.Length, DeltaColumns.Decode(expected, 2000, decoded));
        Assert.Equal(columns, decoded);
    }

    [Fact]
    public void Decode_OfEncodedRandomRows_GivesThemBack()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var columnCount = 1 + seed * seed * 50;
            int[] columns = [.. Enumerable.Range(0, random.Next(50)).Select(_ => random.Next(columnCount)).Distinct().Order()];
            var bytes = new List<byte>();
            DeltaColumns.Encode(columns, bytes);
            Assert.Equal(bytes.Count, DeltaColumns.EncodedLength(columns));
            var decoded = new int[columns.Length];
            Assert.Equal(bytes.Count, DeltaColumns.Decode([.. bytes, 7, 7], columnCount, decoded));
            Assert.Equal(columns, decoded);
        }
    }

    [Fact]
    public void Encode_LargestColumns_ComeBack()
    {
        int[] columns = [0, int.MaxValue - 2, int.MaxValue - 1];
        var bytes = new List<byte>();
        DeltaColumns.Encode(columns, bytes);
        var decoded = new int[3];
        Assert.Equal(bytes.Count, DeltaColumns.Decode([.. bytes], int.MaxValue, decoded));
        Assert.Equal(columns, decoded);
    }

    [Fact]
    public void Encode_ColumnsStrewnAtRandom_TakesLittleMoreThanTheirEntropy()
    {
        // A share of 1 in 500 of the columns: log₂(500 e) = 10.4 bits a column.
        var random = new Random(1);
        int[] columns = [.. Enumerable.Range(0, 1_000_000).Where(_ => random.Next(500) == 0)];
        var bytes = new List<byte>();
        DeltaColumns.Encode(columns, bytes);
        Assert.InRange(bytes.Count * 8.0 / columns.Length, 10.4, 10.9);
    }

    [Theory]
    [InlineData(new byte[] { }, 1)] // no bytes
    [InlineData(new byte[] { 31, 0, 0, 0, 0, 0 }, 1)] // too many low bits
    [InlineData(new byte[] { 0 }, 1)] // too few bytes
    [InlineData(new byte[] { 6, 0 }, 2)] // an upper part without its lower one
    [InlineData(new byte[] { 0, 255 }, 1)] // an upper part without its end
    [InlineData(new byte[] { 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255 }, 1)] // an upper part beyond the columns
    [InlineData(new byte[] { 7, 0b11111110 }, 1)] // beyond the columns
    public void Decode_DamagedBytes_SaysSo(byte[] bytes, int columns) =>
        Assert.Equal(-1, DeltaColumns.Decode(bytes, 100, new int[columns]));
}
