namespace LightDxml.Kernels.Tests;

public class InnerProductsTests
{
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void InnerProducts_WholeNumbers_IsTheDefinition(string backend)
    {
        // Products of small whole numbers are exact in any order of summation.
        foreach (var dim in new[] { 1, 4, 15, 16, 17, 48, 257 })
        {
            foreach (var (queries, labels) in new[] { (0, 3), (1, 0), (1, 1), (2, 16), (3, 17), (5, 100) })
            {
                var stride = (labels + 15) / 16 * 16 + 16;
                var x = Backends.WholeNumbers(queries * (dim + 3), dim);
                var y = Backends.WholeNumbers(labels * (dim + 1), labels);
                var expected = new float[queries * stride];
                var actual = new float[queries * stride];
                Backends.Scalar.InnerProducts(x, queries, dim + 3, y, labels, dim + 1, dim, expected, stride);
                Backends.Get(backend).InnerProducts(x, queries, dim + 3, y, labels, dim + 1, dim, actual, stride);
                for (var q = 0; q < queries; q++)
                    Assert.Equal(expected.AsSpan(q * stride, labels).ToArray(), actual.AsSpan(q * stride, labels).ToArray());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void InnerProducts_AnyQueriesAndLabelsBeside_TheBitsOfInnerProductTopK(string backend)
    {
        const int Queries = 7, Labels = 53, Dim = 37, Stride = 64;
        var kernels = Backends.Get(backend);
        var x = Backends.Random(Queries * Dim, 1);
        var y = Backends.Random(Labels * Dim, 2);
        var rows = new int[Queries * Labels];
        var scores = new float[Queries * Labels];
        kernels.InnerProductTopK(
            x, Queries, Dim, y, Labels, Dim, Dim, Labels, new float[kernels.InnerProductTopKScratch(Queries, Labels, Dim, Labels)], rows, scores);
        var all = new float[Queries * Stride];
        kernels.InnerProducts(x, Queries, Dim, y, Labels, Dim, Dim, all, Stride);
        var one = new float[16];
        for (var q = 0; q < Queries; q++)
        {
            for (var j = 0; j < Labels; j++)
            {
                var label = rows[q * Labels + j];
                kernels.InnerProducts(x.AsSpan(q * Dim, Dim), 1, Dim, y.AsSpan(label * Dim, Dim), 1, Dim, Dim, one, 16);
                Assert.Equal(scores[q * Labels + j], all[q * Stride + label]);
                Assert.Equal(scores[q * Labels + j], one[0]);
            }
        }
    }
}
