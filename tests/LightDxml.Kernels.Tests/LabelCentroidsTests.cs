namespace LightDxml.Kernels.Tests;

public class LabelCentroidsTests
{
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void LabelCentroids_EveryLength_AreTheDefinitionsBits(string backend)
    {
        // Labels with no point, one, several, a point twice, and no point again at the end.
        int[] offsets = [0, 0, 1, 6, 8, 8];
        int[] points = [4, 0, 1, 2, 3, 4, 2, 2];
        for (var dim = 0; dim <= 257; dim++)
        {
            var documentStride = dim + 3;
            var centroidStride = dim + 2;
            var documents = Backends.Random(5 * documentStride + 1, dim).AsSpan(1);
            var expected = Filled(5 * centroidStride);
            var actual = Filled(5 * centroidStride);
            Backends.Scalar.LabelCentroids(offsets, points, documents, documentStride, dim, expected, centroidStride);
            Backends.Get(backend).LabelCentroids(offsets, points, documents, documentStride, dim, actual, centroidStride);

            // Sums in the order of the points and one division: nothing leaves room for another rounding.
            Assert.Equal(expected, actual);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void LabelCentroids_NaNDocument_ReachesOnlyItsLabels(string backend)
    {
        var documents = Backends.Random(2 * 20, 1);
        documents[20] = float.NaN;
        var centroids = new float[2 * 20];
        Backends.Get(backend).LabelCentroids([0, 1, 3], [0, 0, 1], documents, 20, 20, centroids, 20);
        Assert.Single(centroids, float.IsNaN);
        Assert.True(float.IsNaN(centroids[20]));
    }

    private static float[] Filled(int length)
    {
        var values = new float[length];
        Array.Fill(values, 9);
        return values;
    }
}
