using System.Numerics.Tensors;
using LightDxml.Encoders.EightBit;
using LightDxml.TextEncoding;

namespace LightDxml.Encoders.Tests;

/// <summary>8-bit weights that are made of a network of floats.</summary>
public sealed class EightBitTests
{
    private static readonly string[] Sentences =
    [
        "import duties on cereals",
        "Regulation on the protection of laying hens kept in battery cages",
        "Council Directive 92/46/EEC of 16 June 1992 laying down the health rules for the production of raw milk",
        "The weather is lovely today.",
        "He drove to the stadium.",
        "crème brûlée",
        "machine learning",
        "fisheries agreement with Mauritania",
        "a common system of value added tax",
        "A very long winter in the mountains brought more snow than anyone remembered, and wolves came down to the villages.",
    ];

    public static TheoryData<string, double[]> Cosines { get; } = new()
    {
        { "minilm", [0.991, 0.994, 0.994, 0.992, 0.993, 0.994, 0.989, 0.994, 0.993, 0.993] },
        { "arctic-xs", [0.999, 0.999, 0.999, 0.999, 0.999, 0.998, 0.999, 0.999, 0.999, 0.999] },
    };

    /// <summary>Cosine with the vector of floats; a step lost or a scale taken for another shows in the first digit.</summary>
    [Theory]
    [MemberData(nameof(Cosines))]
    public void Vectors_AreNearThoseOfFloats_AsFixed(string name, double[] expected)
    {
        using var floats = BuiltIn.Get(name);
        using var bits = BuiltIn.Get(name, InEightBits);
        Assert.NotEqual(floats.Fingerprint, bits.Fingerprint);
        Assert.Equal(expected, Sentences.Select(text => Math.Round(TensorPrimitives.Dot<float>(floats.Vector(text), bits.Vector(text)), 3)), (a, b) => Math.Abs(a - b) < 0.003);
    }

    [Theory]
    [InlineData("minilm")]
    [InlineData("arctic-xs")]
    public void Vectors_AreTheSameBits_AloneAndTogether(string name)
    {
        using var encoder = BuiltIn.Get(name, InEightBits);
        string[] texts = [.. Sentences, "machine law", "red wine", "cereals"];
        var expected = texts.Select(encoder.Vector).ToArray();
        Assert.Equal(expected, encoder.Vectors(texts, threads: 1));
        Assert.Equal(expected.Reverse(), encoder.Vectors(texts.Reverse(), threads: 3));
        using var again = BuiltIn.Get(name, InEightBits);
        Assert.Equal(expected[2], again.Vector(texts[2]));
        Assert.All(expected, vector => Assert.Equal(1, vector.Sum(value => (double)value * value), 1e-5));
    }

    // Rows of the product by hand; activations have 255 steps, weights 127.
    [Theory]
    [InlineData(new float[] { 1, 0, 0, 1 })]
    [InlineData(new float[] { 0, 2, -1, 0.5f })]
    [InlineData(new float[] { 300, 0, 100, 0.01f })]
    [InlineData(new float[] { 1, 0, 3, 0 })]
    public void Products_AreNearThoseOfFloats(float[] weights)
    {
        using var folder = new TinyFolder(new TinyNetwork { Table = TinyFolder.Table, Weights = weights });
        using var floats = folder.Open();
        using var bits = folder.Open(InEightBits);
        Assert.NotEqual(floats.Fingerprint, bits.Fingerprint);
        foreach (var text in new[] { "red", "green sea", "blue blue red" })
        {
            var (expected, found) = (floats.Vector(text), bits.Vector(text));
            Assert.All(found, number => Assert.True(float.IsFinite(number)));
            Assert.Equal(expected[0], found[0], 0.03f);
            Assert.Equal(expected[1], found[1], 0.03f);
        }
    }

    [Fact]
    public void Networks_WithoutWeightsToMultiply_StayAsTheyAre()
    {
        foreach (var network in new[] { new TinyNetwork { Table = TinyFolder.Table }, new TinyNetwork { Table = TinyFolder.Table, SumsTokens = true }, new TinyNetwork { Table = TinyFolder.Table, Version = 9 } })
        {
            var bytes = network.Bytes();
            Assert.Same(bytes, EightBitNetwork.Make(bytes, "tiny.onnx"));
        }
    }

    [Theory]
    [InlineData(0, "it has no graph")]
    [InlineData(1, "a number ends in its midst")]
    [InlineData(40, "a field says that it has ")]
    [InlineData(200, "a field says that it has ")]
    public void TruncatedNetworks_AreRefused(int length, string message)
    {
        using var folder = new TinyFolder(new TinyNetwork { Table = TinyFolder.Table, Weights = [1, 0, 0, 1] });
        folder.Write("model.onnx", File.ReadAllBytes(folder["model.onnx"])[..length]);
        AssertFault(folder, message);
    }

    [Fact]
    public void NetworksThatCannotBeReduced_SayWhy()
    {
        AssertFault(With([1, 0, float.NaN, 1]), "its weights weights have a number that is none");
        AssertFault(With([1, 0, 0, 1], version: 10), "it takes version 10 of ONNX's operators; 11 or later was expected");
        AssertFault(With([1, 0, 0, 1], elsewhere: true), "its weights weights lie in another file");
        AssertFault(With([1, 0, 0]), "the weights weights are [1, 2] and have 12 bytes");

        static byte[] With(float[] weights, int version = 13, bool elsewhere = false) =>
            new TinyNetwork { Table = TinyFolder.Table, Weights = weights, Version = version, WeightsElsewhere = elsewhere }.Bytes();
    }

    private static void AssertFault(byte[] network, string message)
    {
        using var folder = new TinyFolder();
        folder.Write("model.onnx", network);
        AssertFault(folder, message);
    }

    private static void AssertFault(TinyFolder folder, string message)
    {
        var fault = Assert.Throws<LightDxmlException>(() => folder.Open(InEightBits));
        Assert.StartsWith($"{folder["model.onnx"]}: 8-bit weights cannot be made of the network: {message}", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("Set text.encoderEightBit=false to take it as it is.", fault.Message, StringComparison.Ordinal);
    }

    private static TextEncoderOptions InEightBits(TextEncoderOptions options) => options with { EightBit = true };
}
