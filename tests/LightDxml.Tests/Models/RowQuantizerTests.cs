using LightDxml.Models;

namespace LightDxml.Tests.Models;

public class RowQuantizerTests
{
    public static TheoryData<string, int> Quantizers => new() { { nameof(RowQuantizer.Bytes), 127 }, { nameof(RowQuantizer.Nibbles), 7 } };

    [Fact]
    public void Round_Bytes_EveryValueStaysWithinHalfAScale()
    {
        var row = Row(300, 1);
        var rounded = row.ToArray();
        RowQuantizer.Bytes.Round(rounded);
        var scale = RowQuantizer.Bytes.Scale(row);
        Assert.All(row.Zip(rounded), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, scale * 0.5001f));
    }

    [Fact]
    public void Round_NibblesOfARowWithOneLargeValue_ClipItForASmallerError()
    {
        // With scale 1 (7 ÷ 7) every 0.4 becomes 0; a scale of 0.8 makes it 0.8 × round(0.5) = 0; 0.5 makes it 0.5.
        float[] row = [7, .. Enumerable.Repeat(0.4f, 10_000)];
        var rounded = row.ToArray();
        RowQuantizer.Nibbles.Round(rounded);
        Assert.InRange(RowQuantizer.Nibbles.Scale(row), 0.49f, 0.79f);
        Assert.InRange(rounded[0], 3.4f, 5.6f);
        Assert.InRange(rounded[1], 0.4f, 0.8f);
    }

    [Fact]
    public void Scale_Nibbles_NoOtherOfElevenSharesErrsLess()
    {
        var row = Row(64, 7);
        var largest = row.Max(MathF.Abs) / 7;
        double Error(float scale) => row.Sum(x => Math.Pow(x - Math.Clamp(MathF.Round(x / scale), -7, 7) * scale, 2));
        var chosen = Error(RowQuantizer.Nibbles.Scale(row));
        for (var share = 1.0; share > 0.49; share -= 0.05)
            Assert.True(chosen <= Error((float)(largest * share)) * 1.001, $"a share of {share:F2} errs less");
    }

    [Theory]
    [MemberData(nameof(Quantizers))]
    public void Round_ASecondTime_ChangesNothing(string name, int levels)
    {
        Assert.True(levels > 0);
        var quantizer = Named(name);
        for (var seed = 0; seed < 500; seed++)
        {
            var row = Row(1 + seed % 40, seed);
            quantizer.Round(row);
            var again = row.ToArray();
            quantizer.Round(again);
            Assert.Equal(row, again);
        }
    }

    [Theory]
    [MemberData(nameof(Quantizers))]
    public void RoundToUnit_KeepsTheRoundedDirectionAtUnitLength_AndStoresExactly(string name, int levels)
    {
        var quantizer = Named(name);
        for (var seed = 0; seed < 200; seed++)
        {
            var rounded = Row(2 + seed % 40, seed);
            var unit = rounded.ToArray();
            quantizer.Round(rounded);
            quantizer.RoundToUnit(unit);
            var length = Math.Sqrt(rounded.Sum(x => (double)x * x));
            Assert.All(rounded.Zip(unit), pair => Assert.Equal(pair.First / length, pair.Second, 2e-5));
            Assert.Equal(1, Math.Sqrt(unit.Sum(x => (double)x * x)), 2e-5);

            var integers = new sbyte[unit.Length];
            var restored = new float[unit.Length];
            quantizer.Quantize(unit, quantizer.Scale(unit), integers);
            RowQuantizer.Restore(integers, quantizer.Scale(unit), restored);
            Assert.Equal(unit, restored);
            Assert.Equal(levels, integers.Max(value => Math.Abs((int)value)));
            quantizer.RoundToUnit(restored);
            Assert.Equal(unit, restored);
        }
    }

    [Theory]
    [MemberData(nameof(Quantizers))]
    public void Restore_OfQuantized_EqualsRound(string name, int levels)
    {
        var quantizer = Named(name);
        var row = Row(77, 9);
        var integers = new sbyte[77];
        var scale = quantizer.Scale(row);
        quantizer.Quantize(row, scale, integers);
        var restored = new float[77];
        RowQuantizer.Restore(integers, scale, restored);
        quantizer.Round(row);
        Assert.Equal(row, restored);
        Assert.Equal(levels, integers.Max(value => Math.Abs((int)value)));
    }

    [Theory]
    [MemberData(nameof(Quantizers))]
    public void Round_RowOfZerosOrEmpty_StaysSo(string name, int levels)
    {
        Assert.True(levels > 0);
        var zeros = new float[5];
        Named(name).Round(zeros);
        Assert.Equal(new float[5], zeros);
        Named(name).RoundToUnit(zeros);
        Assert.Equal(new float[5], zeros);
        Assert.Equal(0, Named(name).Scale([]));
    }

    private static RowQuantizer Named(string name) => name == nameof(RowQuantizer.Bytes) ? RowQuantizer.Bytes : RowQuantizer.Nibbles;

    private static float[] Row(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() - 0.5f) * MathF.Pow(10, seed % 5 - 2))];
    }
}
