using System.Numerics.Tensors;
using LightDxml.TextEncoding;

namespace LightDxml.Encoders;

/// <summary>From vectors to one vector of unit length.</summary>
internal static class UnitVector
{
    /// <summary>The vector of a window from those of its tokens.</summary>
    /// <param name="tokens">[tokens, dimension].</param>
    /// <param name="vector">[dimension], overwritten.</param>
    public static void Pool(ReadOnlySpan<float> tokens, TextPooling pooling, Span<float> vector)
    {
        tokens[..vector.Length].CopyTo(vector);
        if (pooling == TextPooling.Mean)
        {
            // The length is scaled anyway, so that the sum does for the mean.
            for (var start = vector.Length; start < tokens.Length; start += vector.Length)
                TensorPrimitives.Add(vector, tokens.Slice(start, vector.Length), vector);
        }

        Scale(vector);
    }

    /// <summary>Scales to unit length. Zeros stay zeros, numbers that are none stay visible.</summary>
    public static void Scale(Span<float> vector)
    {
        var norm = Math.Sqrt(SumOfSquares(vector));
        if (norm > 0)
            TensorPrimitives.Multiply(vector, (float)(1 / norm), vector);
    }

    public static bool IsFinite(ReadOnlySpan<float> vector) => double.IsFinite(SumOfSquares(vector));

    private static double SumOfSquares(ReadOnlySpan<float> vector)
    {
        var squares = 0.0;
        foreach (var value in vector)
            squares += (double)value * value;
        return squares;
    }
}
