using LightDxml.Data;

namespace LightDxml.Text.Vectors;

/// <summary>
/// A pretrained network that turns texts into text vectors: unit vectors whose cosines say how near the meanings are. Safe for many threads.
/// A text's vector depends on the text and the encoder alone: the same bits for every number of threads and beside whatever other texts.
/// </summary>
internal interface ITextEncoder : IDisposable
{
    /// <summary>What it was opened by: <c>minilm</c>, or the folder's name.</summary>
    string Name { get; }

    /// <summary>64 hexadecimal digits over everything that vectors depend on: weights, tokens, pooling, windows, prompt.</summary>
    string Fingerprint { get; }

    /// <summary>Numbers in a vector.</summary>
    int Dimension { get; }

    /// <param name="texts">UTF-8.</param>
    /// <param name="vectors">[texts, <see cref="Dimension"/>], overwritten; a text without a token gets zeros.</param>
    /// <param name="threads">0 takes every processor.</param>
    /// <exception cref="LightDxmlException">The network fails, or gives numbers that are none.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; <paramref name="vectors"/> is then filled in part.</exception>
    void Encode(IReadOnlyList<ReadOnlyMemory<byte>> texts, DenseMatrix vectors, int threads = 0, IProgress<TextEncodingProgress>? progress = null, CancellationToken cancellation = default);

    /// <summary>One text, in the caller's thread: the bits that it gets among others.</summary>
    /// <param name="vector">[<see cref="Dimension"/>], overwritten.</param>
    /// <exception cref="LightDxmlException">As above.</exception>
    void Encode(ReadOnlySpan<byte> text, Span<float> vector);
}
