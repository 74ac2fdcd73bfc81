namespace LightDxml.Kernels.Tests;

public class EmbeddingBagTests
{
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void EmbeddingBag_EveryDimensionAndBagLength_EqualsTheDefinition(string backend)
    {
        var kernels = Backends.Get(backend);
        foreach (var dim in KernelAssert.Lengths)
        {
            // Bags of 0, 1, 5, 4 and 9 rows; index 2 stands twice in one bag.
            int[] offsets = [0, 0, 1, 6, 10, 19];
            int[] indices = [3, 2, 0, 2, 6, 1, 5, 4, 3, 2, 0, 1, 2, 3, 4, 5, 6, 2, 2];
            var weights = Backends.Random(indices.Length, dim);
            var stride = dim + 1;
            var rows = Backends.Random(7 * stride + 1, dim + 1).AsSpan(1);
            var expected = new float[5 * stride];
            var actual = new float[5 * stride];
            Backends.Scalar.EmbeddingBag(offsets, indices, weights, rows, dim, stride, expected);
            kernels.EmbeddingBag(offsets, indices, weights, rows, dim, stride, actual);
            KernelAssert.Close(expected, actual);
        }
    }

    [Fact]
    public void EmbeddingBag_HandComputed()
    {
        // Rows (1, 2), (3, 4): 2·(1, 2) + 10·(3, 4) = (32, 44).
        foreach (var kernels in KernelBackends.Available)
        {
            var bag = new float[2];
            kernels.EmbeddingBag([0, 2], [0, 1], [2, 10], [1, 2, 3, 4], 2, 2, bag);
            Assert.Equal([32f, 44f], bag);
        }
    }
}
