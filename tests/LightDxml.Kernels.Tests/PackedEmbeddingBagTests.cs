namespace LightDxml.Kernels.Tests;

public class PackedEmbeddingBagTests
{
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void PackedEmbeddingBag_EveryDimension_EqualsTheBagOfUnpackedRowsBitForBit(string backend)
    {
        var kernels = Backends.Get(backend);
        int[] indices = [3, 2, 0, 2, 6, 1, 5, 4, 3];
        foreach (var dim in KernelAssert.Lengths.Where(length => length > 0))
        {
            var random = new Random(dim);
            var width = PackedNibbles.Width(dim);
            var packed = new byte[7 * width];
            float[] scales = [.. Enumerable.Range(0, 7).Select(row => row == 5 ? 0 : (1 + row) / 64f)];
            var rows = new float[7 * dim];
            for (var row = 0; row < 7; row++)
            {
                sbyte[] integers = [.. Enumerable.Range(0, dim).Select(_ => (sbyte)random.Next(-8, 8))];
                PackedNibbles.Pack(integers, packed.AsSpan(row * width, width));
                for (var c = 0; c < dim; c++)
                    rows[row * dim + c] = integers[c] * scales[row];
            }

            var weights = Backends.Random(indices.Length, dim);
            var expected = new float[dim];
            kernels.EmbeddingBag([0, indices.Length], indices, weights, rows, dim, dim, expected);
            var actual = new float[PackedNibbles.PaddedColumns(dim)];
            Array.Fill(actual, float.NaN);
            kernels.PackedEmbeddingBag(indices, weights, packed, scales, dim, actual);
            Assert.Equal(expected, actual[..dim]);
            Assert.All(actual[dim..], padding => Assert.Equal(0, padding));
        }
    }

    [Fact]
    public void PackedEmbeddingBag_HandComputed()
    {
        // Row 0: (−8, 7) · 0.5, row 1: (1, −2) · 2; 1 · row 0 + 10 · row 1 = (16, −36.5).
        var packed = new byte[2 * PackedNibbles.Width(2)];
        PackedNibbles.Pack([-8, 7], packed.AsSpan(0, 8));
        PackedNibbles.Pack([1, -2], packed.AsSpan(8, 8));
        foreach (var kernels in KernelBackends.Available)
        {
            var bag = new float[16];
            kernels.PackedEmbeddingBag([0, 1], [1, 10], packed, [0.5f, 2], 2, bag);
            Assert.Equal([16f, -36.5f], bag[..2]);
        }
    }

    [Fact]
    public void Unpack_OfPacked_GivesTheSameIntegersAtEveryLength()
    {
        foreach (var length in KernelAssert.Lengths)
        {
            sbyte[] integers = [.. Enumerable.Range(0, length).Select(i => (sbyte)(i * 7 % 16 - 8))];
            var packed = new byte[PackedNibbles.Width(length)];
            PackedNibbles.Pack(integers, packed);
            var unpacked = new sbyte[length];
            PackedNibbles.Unpack(packed, unpacked);
            Assert.Equal(integers, unpacked);
        }
    }
}
