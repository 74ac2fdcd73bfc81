using System.Globalization;
using System.Text;
using LightDxml.Data.Parsing;

namespace LightDxml.Data.Tests;

public class FloatTextTests
{
    [Theory]
    [InlineData("0", 0f)]
    [InlineData("0.0632", 0.0632f)]
    [InlineData("-12.5", -12.5f)]
    [InlineData("+1", 1f)]
    [InlineData(".5", 0.5f)]
    [InlineData("5.", 5f)]
    [InlineData("1e-3", 0.001f)]
    [InlineData("1.5E+2", 150f)]
    [InlineData("3.4028235e38", float.MaxValue)]
    [InlineData("1e-45", float.Epsilon)]
    [InlineData("1e-60", 0f)]
    [InlineData("00000000000000000000000000001.5", 1.5f)]
    [InlineData("123456789012345678901234567890", 1.2345679e29f)]
    public void Parse_Number_IsTheNearestFloat(string text, float expected)
    {
        var length = FloatText.Parse(Encoding.ASCII.GetBytes(text + " 7"), out var value);

        Assert.Equal((text.Length, expected), (length, value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData("1e")]
    [InlineData("1x")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("inf")]
    [InlineData("Infinity")]
    [InlineData("∞")]
    [InlineData("1e39")]
    [InlineData("(1)")]
    public void Parse_AnythingElse_IsNoNumber(string text) => Assert.Equal(0, FloatText.Parse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Parse_NegativeZero_KeepsItsSign()
    {
        FloatText.Parse("-0.0"u8, out var value);

        Assert.True(float.IsNegative(value));
    }

    [Fact]
    public void Parse_RandomDecimals_AgreesWithTheRuntime()
    {
        var random = new Random(1);
        for (var i = 0; i < 200_000; i++)
        {
            var digits = random.NextInt64(0, (long)Math.Pow(10, random.Next(1, 19)));
            var text = digits.ToString(CultureInfo.InvariantCulture);
            text = random.Next(3) == 0 ? text : text.Insert(random.Next(text.Length + 1), ".");
            if (random.Next(4) == 0)
                text += "e" + random.Next(-50, 20).ToString(CultureInfo.InvariantCulture);

            AssertLikeRuntime(text);
        }
    }

    [Fact]
    public void Parse_NearTheMiddleOfTwoFloats_RoundsOnce()
    {
        // Around a middle, one rounding to double and another to float can differ from the one rounding that is asked for.
        var random = new Random(2);
        for (var i = 0; i < 50_000; i++)
        {
            var lower = BitConverter.Int32BitsToSingle(random.Next(0x3a000000, 0x48000000));
            var middle = ((decimal)(double)lower + (decimal)(double)MathF.BitIncrement(lower)) / 2;
            var text = decimal.Round(middle, random.Next(6, 18)).ToString(CultureInfo.InvariantCulture);

            AssertLikeRuntime(text);
        }

        AssertLikeRuntime("1.00000017881393432617187499");
        AssertLikeRuntime("1.000000178813934326171875");
        AssertLikeRuntime("9007199791611905");
        AssertLikeRuntime("8388609.5000000004");
    }

    private static void AssertLikeRuntime(string text)
    {
        var length = FloatText.Parse(Encoding.ASCII.GetBytes(text), out var value);

        var expected = float.Parse(text, CultureInfo.InvariantCulture);
        Assert.True(length == text.Length && value.Equals(expected), $"{text}: {value:R}, expected {expected:R}");
    }
}
