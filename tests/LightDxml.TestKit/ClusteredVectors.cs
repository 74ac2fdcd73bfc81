using LightDxml.Data;
using LightDxml.Kernels;

namespace LightDxml.TestKit;

/// <summary>Unit vectors around random centres, the shape of label embeddings that share topics.</summary>
internal static class ClusteredVectors
{
    /// <param name="spread">Length of a vector's deviation from its centre of length 1, before it is brought to unit length.</param>
    public static DenseMatrix Create(int rows, int dimensions, int clusters, double spread, int seed = 1)
    {
        var random = new Random(seed);
        var centres = new float[clusters * dimensions];
        for (var i = 0; i < centres.Length; i++)
            centres[i] = Normal(random, 1 / Math.Sqrt(dimensions));
        var vectors = new DenseMatrix(rows, dimensions);
        for (var row = 0; row < rows; row++)
        {
            var centre = centres.AsSpan(random.Next(clusters) * dimensions, dimensions);
            var vector = vectors.Row(row);
            for (var d = 0; d < dimensions; d++)
                vector[d] = centre[d] + Normal(random, spread / Math.Sqrt(dimensions));
        }

        new ScalarKernels().NormalizeRows(vectors.Span, rows, dimensions, vectors.Stride, vectors.Span);
        return vectors;
    }

    /// <summary>A part of the rows as a matrix of their own.</summary>
    public static DenseMatrix Part(DenseMatrix vectors, int first, int count)
    {
        var part = new DenseMatrix(count, vectors.Dimensions);
        vectors.Rows(first, count).CopyTo(part.Span);
        return part;
    }

    private static float Normal(Random random, double deviation) =>
        (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
