using LightDxml.Encoders.Protocol;

namespace LightDxml.Encoders.EightBit;

/// <summary>
/// Turns an ONNX network of floats into one that multiplies in 8 bits, as <c>onnxruntime.quantization.quantize_dynamic(per_channel,
/// reduce_range)</c> does: of every MatMul with constant weights, activations get a scale at every run and weights one a column. What
/// else the file has is copied as it stands.
/// </summary>
internal static class EightBitNetwork
{
    /// <summary>
    /// The largest weight. Processors without VNNI add two products in 16 bits, 2 · 255 · 63 &lt; 2¹⁵: with 127 such sums would be cut
    /// off there, and vectors be others than those of the training.
    /// </summary>
    private const int Largest = 63;

    private const int FloatType = 1, SignedByteType = 3, AttributeIsNumber = 2;

    /// <summary>The first version of ONNX that has DynamicQuantizeLinear.</summary>
    private const int FirstVersion = 11;

    /// <param name="network">The ONNX file.</param>
    /// <param name="place">The file, for messages.</param>
    /// <returns>The network in 8 bits; <paramref name="network"/> itself if it has no MatMul with constant floats.</returns>
    /// <exception cref="LightDxmlException">The file is damaged, too old, or keeps weights in another file.</exception>
    public static byte[] Make(byte[] network, string place)
    {
        try
        {
            return Rewrite(network);
        }
        catch (FormatException exception)
        {
            throw new LightDxmlException($"{place}: 8-bit weights cannot be made of the network: {exception.Message}. Set text.encoderEightBit=false to take it as it is.", exception);
        }
    }

    private static byte[] Rewrite(byte[] network)
    {
        var (head, graph, version) = (new FieldWriter(), default(ReadOnlyMemory<byte>?), 0L);
        var fields = new FieldReader(network);
        while (fields.Next())
        {
            if (fields.Field == 7)
            {
                graph = graph is null ? fields.Part : throw new FormatException("it has two graphs");
                continue;
            }

            head.Fields(fields.Whole.Span);
            if (fields.Field == 8)
                version = Math.Max(version, StandardVersion(fields.Part));
        }

        if (graph is not { } steps)
            throw new FormatException("it has no graph; an ONNX network was expected");
        if (Rewrite(steps) is not { } rewritten)
            return network;
        return version >= FirstVersion ? head.Part(7, rewritten).ToArray()
            : throw new FormatException($"it takes version {version} of ONNX's operators; {FirstVersion} or later was expected");
    }

    /// <summary>The version of ONNX's own operators, if the entry is theirs.</summary>
    private static long StandardVersion(ReadOnlyMemory<byte> entry)
    {
        var (version, isStandard) = (0L, true);
        var fields = new FieldReader(entry);
        while (fields.Next())
        {
            if (fields.Field == 2)
                version = fields.Number;
            else if (fields.Field == 1)
                isStandard = fields.Part.Span.IsEmpty || fields.Part.Span.SequenceEqual("ai.onnx"u8);
        }

        return isStandard ? version : 0;
    }

    private static FieldWriter? Rewrite(ReadOnlyMemory<byte> graph)
    {
        var weights = Matrices(graph);
        var (result, scaled) = (new FieldWriter(), new HashSet<string>(StringComparer.Ordinal));
        var fields = new FieldReader(graph);
        while (fields.Next())
        {
            if (fields.Field == 1 && NetworkNode.Read(fields.Part) is { Kind: "MatMul", Domain: "", Inputs: [var left, var right], Outputs: [var output] } && weights.TryGetValue(right, out var matrix))
            {
                if (scaled.Count == 0)
                    result.Part(5, NetworkTensor.Write<sbyte>(Name("zero"), SignedByteType, [0]));
                if (scaled.Add(left))
                    result.Part(1, NetworkNode.Write("DynamicQuantizeLinear", [left], Name(left), Name(left, "scale"), Name(left, "zero")));
                AddProduct(result, left, matrix, output);
            }
            else
                result.Fields(fields.Whole.Span);
        }

        return scaled.Count > 0 ? result : null;
    }

    /// <summary>output = float(left₈ · weights₈) · (scale of left · scales of the weights' columns).</summary>
    private static void AddProduct(FieldWriter graph, string left, NetworkTensor weights, string output)
    {
        if (weights.IsElsewhere)
            throw new FormatException($"its weights {weights.Name} lie in another file");
        var (numbers, scales) = Reduce(weights);
        graph.Part(5, NetworkTensor.Write<sbyte>(Name(output, "weights"), SignedByteType, numbers, (int)weights.Sizes[0], (int)weights.Sizes[1]));
        graph.Part(5, NetworkTensor.Write<float>(Name(output, "scales"), FloatType, scales, scales.Length));
        graph.Part(1, NetworkNode.Write("MatMulInteger", [Name(left), Name(output, "weights"), Name(left, "zero"), Name("zero")], Name(output, "whole")));
        graph.Part(1, NetworkNode.Write("Cast", [Name(output, "whole")], Name(output, "float")).Part(5, new FieldWriter().Text(1, "to").Number(3, FloatType).Number(20, AttributeIsNumber)));
        graph.Part(1, NetworkNode.Write("Mul", [Name(left, "scale"), Name(output, "scales")], Name(output, "scale")));
        graph.Part(1, NetworkNode.Write("Mul", [Name(output, "float"), Name(output, "scale")], output));
    }

    /// <summary>weight[i, j] ≈ number[i, j] · scale[j].</summary>
    private static (sbyte[] Numbers, float[] Scales) Reduce(NetworkTensor weights)
    {
        var (rows, columns) = ((int)weights.Sizes[0], (int)weights.Sizes[1]);
        var scales = new float[columns];
        for (var i = 0L; i < (long)rows * columns; i++)
        {
            var size = MathF.Abs(weights[i]);
            if (!float.IsFinite(size))
                throw new FormatException($"its weights {weights.Name} have a number that is none");
            scales[i % columns] = MathF.Max(scales[i % columns], size);
        }

        for (var j = 0; j < columns; j++)
            scales[j] /= Largest;
        var numbers = new sbyte[(long)rows * columns];
        for (var i = 0L; i < numbers.LongLength; i++)
        {
            // A scale of almost nothing loses digits: the clamp keeps the bound.
            if (scales[i % columns] > 0)
                numbers[i] = (sbyte)Math.Clamp(MathF.Round(weights[i] / scales[i % columns]), -Largest, Largest);
        }

        return (numbers, scales);
    }

    private static Dictionary<string, NetworkTensor> Matrices(ReadOnlyMemory<byte> graph)
    {
        var matrices = new Dictionary<string, NetworkTensor>(StringComparer.Ordinal);
        var fields = new FieldReader(graph);
        while (fields.Next())
        {
            if (fields.Field == 5 && NetworkTensor.Read(fields.Part) is { IsMatrix: true } matrix)
                matrices[matrix.Name] = matrix;
        }

        return matrices;
    }

    /// <summary>A name that no exporter gives.</summary>
    private static string Name(string of, string part = "numbers") => $"lightdxml/{of}/{part}";
}
