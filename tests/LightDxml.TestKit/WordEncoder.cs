using System.Numerics.Tensors;
using System.Text;
using LightDxml.Data;
using LightDxml.Providers;
using LightDxml.Text.Vectors;
using LightDxml.TextEncoding;

namespace LightDxml.TestKit;

/// <summary>A text encoder without a network: the sum of a vector for each word, which the word and the seed alone decide.</summary>
internal sealed class WordEncoder(string name = "minilm", int dimension = 12, int seed = 1) : ITextEncoder
{
    /// <summary>Texts that were encoded, one by one or together.</summary>
    public int Encoded { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>Is given every text before it is encoded.</summary>
    public Action<string> Before { get; init; } = _ => { };

    public string Name => name;

    public string Fingerprint => $"{seed:D64}";

    public int Dimension => dimension;

    public void Encode(ReadOnlySpan<byte> text, Span<float> vector)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        Before(Encoding.UTF8.GetString(text));
        Encoded++;
        vector.Clear();
        foreach (var word in Encoding.UTF8.GetString(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var random = new Random(word.Aggregate(seed, (hash, letter) => unchecked((31 * hash) + letter)));
            for (var i = 0; i < dimension; i++)
                vector[i] += random.NextSingle() - 0.5f;
        }

        if (TensorPrimitives.Norm(vector) is > 0 and var norm)
            TensorPrimitives.Divide(vector, norm, vector);
    }

    public void Encode(IReadOnlyList<ReadOnlyMemory<byte>> texts, DenseMatrix vectors, int threads = 0, IProgress<TextEncodingProgress>? progress = null, CancellationToken cancellation = default)
    {
        for (var text = 0; text < texts.Count; text++)
        {
            cancellation.ThrowIfCancellationRequested();
            Encode(texts[text].Span, vectors.Row(text));
            progress?.Report(new TextEncodingProgress(text + 1, texts.Count, TimeSpan.FromSeconds(texts.Count - text - 1)));
        }
    }

    public void Dispose() => IsDisposed = true;
}

/// <summary>A provider in the place of that of ONNX Runtime.</summary>
internal sealed class WordEncoderProvider(Func<TextEncoderOptions, ITextEncoder> open) : ITextEncoderProvider
{
    public string Name => "onnx";

    public IReadOnlyList<string> Offers => ["text encoders"];

    public string? WhyMissing => null;

    public IReadOnlyList<string> FindAccelerators() => [];

    public ITextEncoder OpenTextEncoder(TextEncoderOptions options) => open(options);
}
