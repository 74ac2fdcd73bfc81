using LightDxml.Encoders.Sources;
using Microsoft.ML.OnnxRuntime;

namespace LightDxml.Encoders;

/// <summary>
/// A network from token ids to a vector a token, on ONNX Runtime. Every call computes in its caller's thread, so that threads work on
/// batches of their own. Rows of a batch have the same length: there is no padding, which costs time and could change bits.
/// </summary>
internal sealed class OnnxNetwork : IDisposable
{
    private const string Ids = "input_ids", Mask = "attention_mask", Types = "token_type_ids";

    private readonly string _place;
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly string[] _inputs;
    private readonly string[] _output;

    /// <exception cref="LightDxmlException">The file is no ONNX network, or has not the inputs and outputs of a text encoder.</exception>
    public OnnxNetwork(EncoderSource source)
    {
        _place = source.Place;
        _session = Open(source);
        try
        {
            _inputs = Inputs();
            _output = [Output()];
            Dimension = Probe(source);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Numbers in a token's vector.</summary>
    public int Dimension { get; }

    /// <param name="ids">[rows, length].</param>
    /// <param name="vectors">[rows, length, <see cref="Dimension"/>], overwritten.</param>
    /// <exception cref="LightDxmlException">The network fails.</exception>
    public void Run(ReadOnlySpan<int> ids, int rows, NetworkScratch scratch, out ReadOnlySpan<float> vectors)
    {
        var count = ids.Length * Dimension;
        scratch.Reserve(ids.Length, count);
        using var output = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, scratch.Vectors.AsMemory(0, count), [rows, ids.Length / rows, Dimension]);
        Run(ids, rows, scratch, inputs =>
        {
            _session.Run(_run, _inputs, inputs, _output, [output]);
            return 0;
        });
        vectors = scratch.Vectors.AsSpan(0, count);
    }

    public void Dispose()
    {
        _session.Dispose();
        _run.Dispose();
    }

    private static InferenceSession Open(EncoderSource source)
    {
        try
        {
            using var options = new SessionOptions
            {
                IntraOpNumThreads = 1,
                InterOpNumThreads = 1,
                ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
                EnableMemoryPattern = false,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            };
            return source.Network is { } bytes ? new InferenceSession(bytes, options) : new InferenceSession(source.Place, options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new LightDxmlException($"{source.Place}: ONNX Runtime cannot open the network: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException)
        {
            throw new LightDxmlException($"ONNX Runtime cannot be loaded: {exception.InnerException?.Message ?? exception.Message} Take Microsoft.ML.OnnxRuntime in the version of Microsoft.ML.OnnxRuntime.Managed.", exception);
        }
    }

    private string[] Inputs()
    {
        string[] known = [Ids, Mask, Types];
        foreach (var (name, input) in _session.InputMetadata)
        {
            if (!known.Contains(name))
                throw Fault($"it has an input {name}; {string.Join(", ", known)} were expected");
            if (!input.IsTensor || input.ElementDataType != Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Int64 || input.Dimensions.Length != 2)
                throw Fault($"its input {name} is {Shape(input)}; 64-bit integers [texts, tokens] were expected");
        }

        return _session.InputMetadata.ContainsKey(Ids) ? [.. known.Where(_session.InputMetadata.ContainsKey)]
            : throw Fault($"it has no input {Ids}; its inputs are {string.Join(", ", _session.InputNames)}");
    }

    private string Output()
    {
        string[] usual = ["last_hidden_state", "token_embeddings"];
        var name = usual.FirstOrDefault(_session.OutputMetadata.ContainsKey) ?? _session.OutputNames[0];
        var output = _session.OutputMetadata[name];
        if (!output.IsTensor || output.ElementDataType != Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float || output.Dimensions.Length != 3 || output.Dimensions[2] == 0)
            throw Fault($"its output {name} is {Shape(output)}; floats [texts, tokens, dimension], a vector a token, were expected");
        return name;
    }

    /// <summary>A first run, of marks alone: it shows the dimension, which files need not state, and that the network can run.</summary>
    private int Probe(EncoderSource source)
    {
        int[] ids = [.. source.Tokenizer.Prefix, 1, .. source.Tokenizer.Suffix];
        var scratch = new NetworkScratch();
        scratch.Reserve(ids.Length, 0);
        return Run(ids, 1, scratch, inputs =>
        {
            using var outputs = _session.Run(_run, _inputs, inputs, _output);
            var shape = outputs[0].GetTensorTypeAndShape().Shape;
            return shape is [1, var tokens, > 0 and < 1 << 16] && tokens == ids.Length ? (int)shape[2]
                : throw Fault($"for one text of {ids.Length} tokens it gives [{string.Join(", ", shape)}]; [1, {ids.Length}, dimension] was expected");
        });
    }

    private T Run<T>(ReadOnlySpan<int> ids, int rows, NetworkScratch scratch, Func<OrtValue[], T> run)
    {
        long[] shape = [rows, ids.Length / rows];
        var values = new OrtValue[_inputs.Length];
        try
        {
            for (var i = 0; i < ids.Length; i++)
                scratch.Ids[i] = ids[i];
            for (var i = 0; i < _inputs.Length; i++)
            {
                var content = _inputs[i] switch { Ids => scratch.Ids, Mask => scratch.Ones, _ => scratch.Zeros };
                values[i] = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, content.AsMemory(0, ids.Length), shape);
            }

            return run(values);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new LightDxmlException($"{_place}: the network failed on {rows} texts of {ids.Length / rows} tokens: {exception.Message}", exception);
        }
        finally
        {
            foreach (var value in values)
                value?.Dispose();
        }
    }

    private static string Shape(NodeMetadata node) => node.IsTensor
        ? $"{node.ElementDataType} [{string.Join(", ", node.Dimensions.Select((size, i) => size >= 0 ? $"{size}" : node.SymbolicDimensions[i] is { Length: > 0 } name ? name : "?"))}]"
        : "no tensor";

    private LightDxmlException Fault(string what) => new($"{_place}: {what}. It is not a text encoder in the format of sentence-transformers.");
}
