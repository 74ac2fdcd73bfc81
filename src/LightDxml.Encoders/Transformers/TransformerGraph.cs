using System.Runtime.InteropServices;
using LightDxml.Encoders.Protocol;
using LightDxml.TextEncoding;

namespace LightDxml.Encoders.Transformers;

/// <summary>
/// The tensors of a network of the BERT family in an ONNX file. Exporters keep the names of most, and turn the matrices of dense layers
/// round and rename them; such a matrix is known by the bias that is added to its product.
/// </summary>
internal sealed class TransformerGraph
{
    private const int GraphField = 7, NodeField = 1, TensorField = 5;

    private readonly byte[] _network;
    private readonly Dictionary<string, NetworkTensor> _constants = new(StringComparer.Ordinal);

    /// <summary>The constant of a tensor, and whether it is turned round, by the tensor's name in BERT.</summary>
    private readonly Dictionary<string, (string Constant, bool IsTurned)> _places = new(StringComparer.Ordinal);

    /// <param name="place">The file, for messages.</param>
    /// <exception cref="LightDxmlException">The file is damaged, or keeps weights in another file.</exception>
    public TransformerGraph(byte[] network, string place)
    {
        _network = network;
        try
        {
            Read();
        }
        catch (FormatException exception)
        {
            throw new LightDxmlException($"{place}: its weights cannot be read: {exception.Message}.", exception);
        }
    }

    /// <summary>By their names in BERT; others are among them.</summary>
    public IReadOnlyDictionary<string, TransformerTensor> Tensors() => _places.ToDictionary(place => place.Key, place =>
    {
        var tensor = Floats(_constants[place.Value.Constant]);
        return place.Value.IsTurned ? tensor.Transposed() : tensor;
    });

    /// <summary>The file with other numbers in these tensors.</summary>
    /// <param name="tensors">By their names in BERT; of the shapes that the file has.</param>
    public byte[] With(IReadOnlyDictionary<string, TransformerTensor> tensors)
    {
        var changed = _places.Where(place => tensors.ContainsKey(place.Key))
            .ToDictionary(place => place.Value.Constant, place => place.Value.IsTurned ? tensors[place.Key].Transposed() : tensors[place.Key]);
        var file = new FieldWriter();
        var fields = new FieldReader(_network);
        while (fields.Next())
        {
            if (fields.Field == GraphField)
                file.Part(GraphField, Graph(fields.Part, changed));
            else
                file.Fields(fields.Whole.Span);
        }

        return file.ToArray();
    }

    private static FieldWriter Graph(ReadOnlyMemory<byte> graph, Dictionary<string, TransformerTensor> changed)
    {
        var result = new FieldWriter();
        var fields = new FieldReader(graph);
        while (fields.Next())
        {
            if (fields.Field == TensorField && NetworkTensor.Read(fields.Part).Name is var name && changed.TryGetValue(name, out var tensor))
                result.Part(TensorField, NetworkTensor.Write(name, NetworkTensor.FloatType, tensor.Values.Span, [.. tensor.Shape.Select(size => (int)size)]));
            else
                result.Fields(fields.Whole.Span);
        }

        return result;
    }

    private void Read()
    {
        var nodes = new List<NetworkNode>();
        var fields = new FieldReader(_network);
        while (fields.Next())
        {
            if (fields.Field != GraphField)
                continue;
            var parts = new FieldReader(fields.Part);
            while (parts.Next())
            {
                if (parts.Field == NodeField)
                    nodes.Add(NetworkNode.Read(parts.Part));
                else if (parts.Field == TensorField && NetworkTensor.Read(parts.Part) is { Sizes.Count: > 0 } constant)
                    _constants[constant.Name] = constant.IsElsewhere ? throw new FormatException($"its weights {constant.Name} lie in another file") : constant;
            }
        }

        foreach (var name in _constants.Keys)
            _places[TransformerNames.AsInBert(name)] = (name, false);
        var products = nodes.Where(node => node is { Kind: "MatMul", Inputs: [_, var right], Outputs: [_] } && _constants.TryGetValue(right, out var matrix) && matrix.IsMatrix).ToDictionary(node => node.Outputs[0], node => node.Inputs[1]);
        foreach (var sum in nodes.Where(node => node is { Kind: "Add", Inputs: [_, _] }))
        {
            foreach (var (bias, product) in new[] { (sum.Inputs[0], sum.Inputs[1]), (sum.Inputs[1], sum.Inputs[0]) })
            {
                if (_constants.ContainsKey(bias) && bias.EndsWith(".bias", StringComparison.Ordinal) && products.TryGetValue(product, out var matrix))
                    _places[TransformerNames.AsInBert($"{bias[..^".bias".Length]}.weight")] = (matrix, true);
            }
        }
    }

    private static TransformerTensor Floats(NetworkTensor constant)
    {
        var values = new float[constant.Floats.Length / sizeof(float)];
        if (BitConverter.IsLittleEndian)
            MemoryMarshal.Cast<byte, float>(constant.Floats.Span[..(values.Length * sizeof(float))]).CopyTo(values);
        else
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = constant[i];
        }

        return new TransformerTensor(constant.Sizes, values);
    }
}
