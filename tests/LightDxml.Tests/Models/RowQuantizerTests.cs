using LightDxml.Models;

namespace LightDxml.Tests.Models;

public class RowQuantizerTests
{
    [Fact]
    public void Round_EveryValue_StaysWithinHalfAScale()
    {
        var row = Row(300, 1);
        var rounded = row.ToArray();
        RowQuantizer.Round(rounded);
        var scale = RowQuantizer.Scale(row);
        Assert.All(row.Zip(rounded), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, scale * 0.5001f));
    }

    [Fact]
    public void Round_ASecondTime_ChangesNothing()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var row = Row(1 + seed % 40, seed);
            RowQuantizer.Round(row);
            var again = row.ToArray();
            RowQuantizer.Round(again);
            Assert.Equal(row, again);
        }
    }

    [Fact]
    public void Restore_OfQuantized_EqualsRound()
    {
        var row = Row(77, 9);
        var bytes = new sbyte[77];
        var scale = RowQuantizer.Scale(row);
        RowQuantizer.Quantize(row, scale, bytes);
        var restored = new float[77];
        RowQuantizer.Restore(bytes, scale, restored);
        RowQuantizer.Round(row);
        Assert.Equal(row, restored);
        Assert.Equal(127, bytes.Max(value => Math.Abs((int)value)));
    }

    [Fact]
    public void Round_RowOfZerosOrEmpty_StaysSo()
    {
        var zeros = new float[5];
        RowQuantizer.Round(zeros);
        Assert.Equal(new float[5], zeros);
        Assert.Equal(0, RowQuantizer.Scale([]));
    }

    private static float[] Row(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() - 0.5f) * MathF.Pow(10, seed % 5 - 2))];
    }
}
