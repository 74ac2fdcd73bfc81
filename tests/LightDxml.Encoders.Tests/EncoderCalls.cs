using LightDxml.Data;
using LightDxml.Text.Vectors;

namespace LightDxml.Encoders.Tests;

/// <summary>Texts in, vectors out.</summary>
internal static class EncoderCalls
{
    public static ReadOnlyMemory<byte>[] Utf8(params IEnumerable<string> texts) => [.. texts.Select(text => (ReadOnlyMemory<byte>)System.Text.Encoding.UTF8.GetBytes(text))];

    public static float[][] Vectors(this ITextEncoder encoder, IEnumerable<string> texts, int threads = 1)
    {
        var utf8 = Utf8(texts);
        var vectors = new DenseMatrix(utf8.Length, encoder.Dimension);
        vectors.Span.Fill(float.NaN);
        encoder.Encode(utf8, vectors, threads);
        return [.. Enumerable.Range(0, utf8.Length).Select(row => vectors.Row(row).ToArray())];
    }

    public static float[] Vector(this ITextEncoder encoder, string text)
    {
        var vector = new float[encoder.Dimension];
        encoder.Encode(System.Text.Encoding.UTF8.GetBytes(text), vector);
        return vector;
    }
}
