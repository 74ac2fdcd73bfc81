using System.Text;
using System.Text.Json;
using LightDxml.Encoders.Sources;
using LightDxml.Storage;
using LightDxml.TextEncoding;

namespace LightDxml.Encoders.Transformers;

/// <summary>A text encoder whose weights can be replaced: what is written is a folder that <c>text.encoder</c> reads without libtorch.</summary>
internal sealed class TrainableEncoder
{
    private const string NetworkName = "model.onnx";

    private readonly TransformerGraph _graph;
    private readonly IReadOnlyDictionary<string, byte[]> _files;

    /// <param name="files">What else a folder needs, by their paths in it.</param>
    public TrainableEncoder(PretrainedTransformer transformer, TransformerGraph graph, IReadOnlyDictionary<string, byte[]> files) =>
        (Transformer, _graph, _files) = (transformer, graph, files);

    /// <summary>The network as it is now.</summary>
    public PretrainedTransformer Transformer { get; }

    /// <param name="name">As <c>text.encoder</c> has it.</param>
    /// <exception cref="LightDxmlException">A file is missing, foreign or bad, or the build lacks the encoder.</exception>
    public static TrainableEncoder Open(string name) => BuiltInEncoder.Find(name)?.OpenTrainable() ?? EncoderFolder.OpenTrainable(name);

    /// <summary>Throws where <see cref="Write"/> would refuse the folder, before an encoder is trained in vain.</summary>
    /// <exception cref="LightDxmlException">The folder exists, is not empty, and is no encoder's.</exception>
    public static void CheckTarget(string folder) => AtomicFolder.CheckTarget(folder, NetworkName);

    /// <summary>Writes the encoder with other weights, in place of the one that may be there.</summary>
    /// <param name="tensors">By their names in BERT.</param>
    /// <exception cref="LightDxmlException">As <see cref="CheckTarget"/>.</exception>
    public void Write(string folder, IReadOnlyDictionary<string, TransformerTensor> tensors)
    {
        var names = _files.Keys.Append(NetworkName).Select(Path.GetFileName).ToHashSet(StringComparer.Ordinal);
        AtomicFolder.Write(folder, NetworkName, file => names.Contains(Path.GetFileName(file)), temporary =>
        {
            foreach (var (name, content) in _files)
            {
                var path = Path.Combine(temporary, name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, content);
            }

            File.WriteAllBytes(Path.Combine(temporary, NetworkName), _graph.With(tensors));
        });
    }

    /// <summary>The settings of a folder, of an encoder that comes without.</summary>
    /// <param name="vocabulary">WordPiece in lower case, a token a line.</param>
    public static IReadOnlyDictionary<string, byte[]> Files(PretrainedTransformer transformer, byte[] vocabulary) => new Dictionary<string, byte[]>
    {
        ["vocab.txt"] = vocabulary,
        ["tokenizer_config.json"] = Json(json =>
        {
            json.WriteBoolean("do_lower_case", true);
            json.WriteNumber("model_max_length", transformer.MaxTokens);
        }),
        [Path.Combine("1_Pooling", "config.json")] = Json(json =>
        {
            json.WriteNumber("word_embedding_dimension", transformer.Width);
            json.WriteBoolean("pooling_mode_cls_token", transformer.Pooling == TextPooling.FirstToken);
            json.WriteBoolean("pooling_mode_mean_tokens", transformer.Pooling == TextPooling.Mean);
        }),
        [TransformerConfiguration.FileName] = Json(json => TransformerConfiguration.Write(transformer, json)),
    };

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return [.. content.ToArray(), .. Encoding.UTF8.GetBytes("\n")];
    }
}
