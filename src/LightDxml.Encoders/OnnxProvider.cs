using LightDxml.Encoders.Sources;
using LightDxml.Providers;
using LightDxml.Text.Vectors;
using LightDxml.TextEncoding;

namespace LightDxml.Encoders;

/// <summary>The provider of text encoders. What can be missing is the library of ONNX Runtime.</summary>
internal sealed class OnnxProvider : ITextEncoderProvider
{
    /// <summary>The version that <c>Directory.Packages.props</c> has.</summary>
    private const string RuntimeVersion = "1.31.1";

    private static readonly Lazy<bool> RuntimeIsHere = new(() => NativeLibraryFiles.AreHere("onnxruntime", typeof(OnnxProvider).Assembly));

    public string Name => "onnx";

    public IReadOnlyList<string> Offers { get; } = ["text encoders"];

    public string? WhyMissing => RuntimeIsHere.Value ? null : HowToGet;

    internal static string HowToGet =>
        "ONNX Runtime is not in this build; `dotnet build -c Release src/LightDxml.Cli -p:Encoders=true` adds it with the encoders minilm and arctic-xs "
        + $"(a program of your own: `dotnet add package Microsoft.ML.OnnxRuntime --version {RuntimeVersion}`)";

    public IReadOnlyList<string> FindAccelerators() => [];

    public ITextEncoder OpenTextEncoder(TextEncoderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new OnnxTextEncoder(BuiltInEncoder.Find(options.Name) is { } builtIn ? builtIn.Open(options) : EncoderFolder.Open(options), options);
    }
}
