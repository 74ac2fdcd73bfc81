using System.Runtime.InteropServices;

namespace LightDxml.Encoders.Tests;

/// <summary>ONNX files of a few hundred bytes, written field by field (onnx.proto): a token's vector is its row of a table.</summary>
internal sealed class TinyNetwork
{
    private const int Float = 1, Int64 = 7;

    /// <summary>Names of the inputs.</summary>
    public string[] Inputs { get; init; } = ["input_ids", "attention_mask", "token_type_ids"];

    /// <summary>What is declared of the inputs' numbers: 7 are 64-bit integers, 6 those of 32 bits.</summary>
    public int InputType { get; init; } = Int64;

    /// <summary>Table of vectors, [tokens, <see cref="Dimension"/>].</summary>
    public float[] Table { get; init; } = [];

    public int Dimension { get; init; } = 2;

    /// <summary>Divides by the largest number of the whole batch, as networks do that choose a scale by batch.</summary>
    public bool DependsOnBatch { get; init; }

    /// <summary>Sums over tokens: the output has a vector a text.</summary>
    public bool SumsTokens { get; init; }

    /// <summary>Weights that every vector is multiplied with, [<see cref="Dimension"/>, <see cref="Dimension"/>]; none if empty.</summary>
    public float[] Weights { get; init; } = [];

    /// <summary>Version of ONNX's operators.</summary>
    public int Version { get; init; } = 13;

    /// <summary>Says that the weights lie in another file.</summary>
    public bool WeightsElsewhere { get; init; }

    public byte[] Bytes()
    {
        var graph = new ProtocolBuffer();
        var result = "rows";
        graph.Part(1, Node("Gather", ["table", Inputs[0]], result));
        if (DependsOnBatch)
        {
            graph.Part(1, Node("ReduceMax", [result], "most").Part(5, new ProtocolBuffer().Text(1, "keepdims").Number(3, 0).Number(20, 2)));
            graph.Part(1, Node("Div", [result, "most"], "scaled"));
            result = "scaled";
        }

        if (SumsTokens)
        {
            graph.Part(1, Node("ReduceMean", [result], "sum")
                .Part(5, new ProtocolBuffer().Text(1, "axes").Number(8, 1).Number(20, 7))
                .Part(5, new ProtocolBuffer().Text(1, "keepdims").Number(3, 0).Number(20, 2)));
            result = "sum";
        }

        if (Weights.Length > 0)
        {
            graph.Part(1, Node("MatMul", [result, "weights"], "product"));
            graph.Part(5, Matrix("weights", Weights, WeightsElsewhere));
            result = "product";
        }

        graph.Part(1, Node("Identity", [result], "last_hidden_state")).Text(2, "tiny");
        graph.Part(5, Matrix("table", Table));
        foreach (var input in Inputs)
            graph.Part(11, Value(input, InputType, "batch", "tokens"));
        graph.Part(12, SumsTokens ? Value("last_hidden_state", Float, "batch", "width") : Value("last_hidden_state", Float, "batch", "tokens", "width"));
        return new ProtocolBuffer().Number(1, 8).Part(7, graph).Part(8, new ProtocolBuffer().Text(1, "").Number(2, Version)).Bytes;
    }

    private ProtocolBuffer Matrix(string name, float[] numbers, bool elsewhere = false)
    {
        var matrix = new ProtocolBuffer().Number(1, numbers.Length / Dimension).Number(1, Dimension).Number(2, Float).Text(8, name);
        return elsewhere
            ? matrix.Part(13, new ProtocolBuffer().Text(1, "location").Text(2, "weights.bin")).Number(14, 1)
            : matrix.Part(9, MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray());
    }

    private static ProtocolBuffer Node(string kind, string[] inputs, string output)
    {
        var node = new ProtocolBuffer();
        foreach (var input in inputs)
            node.Text(1, input);
        return node.Text(2, output).Text(3, output).Text(4, kind);
    }

    private static ProtocolBuffer Value(string name, int type, params string[] sizes)
    {
        var shape = new ProtocolBuffer();
        foreach (var size in sizes)
            shape.Part(1, new ProtocolBuffer().Text(2, size));
        return new ProtocolBuffer().Text(1, name).Part(2, new ProtocolBuffer().Part(1, new ProtocolBuffer().Number(1, type).Part(2, shape)));
    }
}
