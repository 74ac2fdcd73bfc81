namespace LightDxml.Kernels.Tests;

public class NormalizeRowsTests
{
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void NormalizeRows_EveryLength_HasUnitRowsAndZeroPadding(string backend)
    {
        for (var dim = 1; dim <= 257; dim++)
        {
            const int Rows = 3;
            var stride = dim + dim % 5;
            var source = Backends.Random(Rows * stride + 1, dim).AsSpan(1);
            source.Slice(stride, dim).Clear();
            var destination = new float[Rows * stride];
            Array.Fill(destination, 9);
            Backends.Get(backend).NormalizeRows(source, Rows, dim, stride, destination);
            var definition = new float[Rows * stride];
            Backends.Scalar.NormalizeRows(source, Rows, dim, stride, definition);

            // The two sum the squares in different orders: dim roundings of 2⁻²⁴ at most, halved by the root.
            for (var i = 0; i < definition.Length; i++)
                Assert.Equal(definition[i], destination[i], (dim + 4) / 2f / (1 << 23));
            Assert.All(destination[stride..(2 * stride)], value => Assert.Equal(0, value));
            for (var r = 0; r < Rows; r++)
                Assert.All(destination[(r * stride + dim)..((r + 1) * stride)], value => Assert.Equal(0, value));
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void NormalizeRows_InPlaceRowByRow_GivesTheSameBits(string backend)
    {
        const int Rows = 4, Dim = 37, Stride = 48;
        var kernels = Backends.Get(backend);
        var source = Backends.Random(Rows * Stride, 8);
        var whole = new float[Rows * Stride];
        kernels.NormalizeRows(source, Rows, Dim, Stride, whole);
        for (var r = 0; r < Rows; r++)
        {
            var row = source.AsSpan(r * Stride, Stride);
            kernels.NormalizeRows(row, 1, Dim, Stride, row);
        }

        Assert.Equal(whole, source);
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void NormalizeRows_NoRows_DoesNothing(string backend) =>
        Backends.Get(backend).NormalizeRows([], 0, 5, 8, []);
}
