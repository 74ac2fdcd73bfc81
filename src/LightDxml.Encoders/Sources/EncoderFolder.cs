using System.Runtime.InteropServices;
using System.Text;
using LightDxml.Configuration;
using LightDxml.Encoders.EightBit;
using LightDxml.Encoders.Tokens;
using LightDxml.Encoders.Transformers;
using LightDxml.Text.Tokens;
using LightDxml.TextEncoding;

namespace LightDxml.Encoders.Sources;

/// <summary>
/// An encoder in a folder as sentence-transformers writes it and Hugging Face serves it: <c>model.onnx</c> or <c>onnx/model.onnx</c>,
/// <c>tokenizer.json</c> or <c>vocab.txt</c>, and settings that may be missing.
/// </summary>
internal static class EncoderFolder
{
    /// <summary>The limit where the folder names none: that of BERT.</summary>
    private const int UsualMaxTokens = 512;

    private const string TensorsName = "model.safetensors";

    /// <summary>Where networks may lie, besides the folder itself.</summary>
    private const string NetworkFolder = "onnx";

    /// <summary>What says how texts become tokens and vectors, by the paths in the folder.</summary>
    private static readonly string[] SettingNames = ["tokenizer.json", "vocab.txt", .. EncoderSettings.FileNames, TransformerConfiguration.FileName];

    /// <exception cref="LightDxmlException">A file is missing, foreign or bad, or asks for what is not known here.</exception>
    public static EncoderSource Open(TextEncoderOptions options)
    {
        var folder = options.Name;
        if (!Directory.Exists(folder))
            throw new OptionsException($"text.encoder={folder}: there is no such folder; {string.Join(", ", TextEncoderOptions.KnownNames)}, or a folder with model.onnx was expected.");
        var ready = options.EightBit ? Places(folder).SelectMany(EightBitFiles).FirstOrDefault() : null;
        var network = ready ?? NetworkFile(folder);
        var settings = new EncoderSettings(folder);
        var pooling = settings.Pooling();
        var prompt = Encoding.UTF8.GetBytes(settings.Prompt(options.Prompt));
        var maxTokens = Math.Min(options.MaxTokens, settings.MaxTokens() ?? UsualMaxTokens);
        using var fingerprint = new EncoderFingerprint();
        fingerprint.AddFile(network);

        // Large networks keep their weights in a file beside.
        foreach (var weights in Directory.GetFiles(Path.GetDirectoryName(network)!, Path.GetFileName(network) + "?*").Order(StringComparer.Ordinal))
            fingerprint.AddFile(weights);
        var tokenizer = Tokenizer(folder, settings, fingerprint);
        byte[]? eightBit = null;
        if (options.EightBit && ready is null)
        {
            eightBit = EightBitNetwork.Make(ReadAll(network), network);
            fingerprint.AddEightBit();
        }

        return new EncoderSource(Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar)), network, eightBit, tokenizer, pooling, maxTokens, prompt,
            fingerprint.Finish(pooling, maxTokens, prompt, options));
    }

    /// <summary>The network to be trained further: of <c>model.safetensors</c> where that is there, else of <c>pytorch_model.bin</c>, else of the ONNX file.</summary>
    /// <exception cref="LightDxmlException">As <see cref="Open"/>, or <c>config.json</c> is missing or of another family.</exception>
    public static PretrainedTransformer OpenTransformer(string folder)
    {
        CheckThere(folder);
        var tensors = Path.Combine(folder, TensorsName);
        if (File.Exists(tensors))
            return Transformer(folder, tensors, TransformerFile.Read(tensors));
        var checkpoint = Path.Combine(folder, TorchCheckpoint.FileName);
        return File.Exists(checkpoint) ? Transformer(folder, checkpoint, TorchCheckpoint.Read(checkpoint)) : OpenTrainable(folder).Transformer;
    }

    /// <summary>The network of the ONNX file, and what lies beside it.</summary>
    /// <exception cref="LightDxmlException">As <see cref="OpenTransformer"/>.</exception>
    public static TrainableEncoder OpenTrainable(string folder)
    {
        CheckThere(folder);
        var network = NetworkFile(folder);
        var graph = new TransformerGraph(ReadAll(network), network);
        return new TrainableEncoder(
            Transformer(folder, network, graph.Tensors()), graph,
            SettingNames.Where(name => File.Exists(Path.Combine(folder, name))).ToDictionary(
                name => name, name => name == EncoderSettings.PromptFile ? new EncoderSettings(folder).WithoutDefaultPrompt() : ReadAll(Path.Combine(folder, name))));
    }

    /// <summary>Whether a path within an encoder's folder is that of a file that says what the encoder is: its networks, weights and settings.</summary>
    public static bool IsOwn(string path)
    {
        var (folder, name) = (Path.GetDirectoryName(path), Path.GetFileName(path));
        return SettingNames.Contains(path)
            || folder is "" or NetworkFolder && (Path.GetExtension(name) is ".onnx" or ".onnx_data" || name is TensorsName or TorchCheckpoint.FileName || name.EndsWith(".onnx.data", StringComparison.Ordinal));
    }

    private static void CheckThere(string folder)
    {
        if (!Directory.Exists(folder))
            throw new OptionsException($"encoder={folder}: there is no such folder; {string.Join(", ", TextEncoderOptions.KnownNames)}, or a folder with a network of the BERT family was expected.");
    }

    private static PretrainedTransformer Transformer(string folder, string network, IReadOnlyDictionary<string, TransformerTensor> tensors)
    {
        var settings = new EncoderSettings(folder);
        using var fingerprint = new EncoderFingerprint();
        return new PretrainedTransformer(
            network, TransformerConfiguration.Read(folder), tensors, Tokenizer(folder, settings, fingerprint), settings.Pooling(), settings.MaxTokens() ?? UsualMaxTokens);
    }

    private static string[] Places(string folder) => [folder, Path.Combine(folder, NetworkFolder)];

    private static string NetworkFile(string folder) => Places(folder).Select(place => Path.Combine(place, "model.onnx")).FirstOrDefault(File.Exists)
        ?? throw new LightDxmlException($"{folder}: it has no model.onnx and no onnx/model.onnx. `optimum-cli export onnx` makes one of a PyTorch model.");

    private static byte[] ReadAll(string network)
    {
        try
        {
            return File.ReadAllBytes(network);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LightDxmlException($"{network}: cannot be read: {exception.Message}", exception);
        }
    }

    private static IEnumerable<string> EightBitFiles(string folder)
    {
        if (!Directory.Exists(folder))
            return [];
        string[] names = ["model_quantized.onnx", "model_int8.onnx", "model_qint8*.onnx", "model_quint8*.onnx"];
        var isArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
        return names.SelectMany(name => Directory.GetFiles(folder, name).Order(StringComparer.Ordinal)
            .OrderBy(file => Path.GetFileName(file).Contains("arm64", StringComparison.Ordinal) != isArm));
    }

    private static ITextTokenizer Tokenizer(string folder, EncoderSettings settings, EncoderFingerprint fingerprint)
    {
        var tokenizer = FileTokenizer(folder, settings, fingerprint);
        if (!settings.LowerCaseFirst())
            return tokenizer;
        fingerprint.Add("lower case"u8);
        return new LowerCaseTokenizer(tokenizer);
    }

    private static ITextTokenizer FileTokenizer(string folder, EncoderSettings settings, EncoderFingerprint fingerprint)
    {
        var json = Path.Combine(folder, "tokenizer.json");
        if (File.Exists(json))
        {
            fingerprint.AddFile(json);
            return TokenizerJson.Read(File.ReadAllBytes(json), json);
        }

        var vocabulary = Path.Combine(folder, "vocab.txt");
        if (!File.Exists(vocabulary))
            throw new LightDxmlException($"{folder}: it has neither tokenizer.json nor vocab.txt; one of them was expected beside the network.");
        var (lowerCase, stripAccents, separateChinese) = settings.Words();
        fingerprint.AddFile(vocabulary);
        fingerprint.Add([lowerCase ? (byte)1 : (byte)0]);

        // What is usual adds nothing: encoders of before keep their fingerprints.
        if (stripAccents != lowerCase || !separateChinese)
            fingerprint.Add([stripAccents ? (byte)1 : (byte)0, separateChinese ? (byte)1 : (byte)0]);
        using var reader = new StreamReader(vocabulary);
        return WordPieceTokenizer.Read(reader, new BertWords(lowerCase, stripAccents, separateChinese), vocabulary);
    }
}
