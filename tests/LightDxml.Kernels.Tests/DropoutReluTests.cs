namespace LightDxml.Kernels.Tests;

public class DropoutReluTests
{
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void DropoutRelu_EveryDimension_EqualsTheDefinition(string backend)
    {
        foreach (var dim in KernelAssert.Lengths)
        {
            foreach (var dropout in new[] { 0f, 0.3f, 0.9f })
            {
                var stride = dim + 1;
                var values = Backends.Random(3 * stride, dim);
                var (expected, actual) = (new float[3 * stride], new float[3 * stride]);
                Backends.Scalar.DropoutRelu(values, 3, dim, stride, dropout, 5, 17, expected);
                Backends.Get(backend).DropoutRelu(values, 3, dim, stride, dropout, 5, 17, actual);
                Assert.Equal(expected, actual);
                var (expectedGradient, actualGradient) = (values.ToArray(), values.ToArray());
                Backends.Scalar.DropoutReluGradient(expected, 3, dim, stride, dropout, expectedGradient);
                Backends.Get(backend).DropoutReluGradient(expected, 3, dim, stride, dropout, actualGradient);
                Assert.Equal(expectedGradient, actualGradient);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void DropoutRelu_KeepsTheShareItShould_AndScalesIt(string backend)
    {
        const int Count = 100_000;
        var values = new float[Count];
        Array.Fill(values, 1);
        Backends.Get(backend).DropoutRelu(values, 1, Count, Count, 0.3f, 1, 2, values);
        Assert.All(values, value => Assert.True(value is 0 or 1 / (1 - 0.3f)));

        // The share kept has standard deviation √(0.3 · 0.7 / 100,000) = 0.0014; the bound is four of them.
        Assert.Equal(0.7, values.Count(value => value > 0) / (double)Count, 0.006);
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void DropoutRelu_RowsCutInTwo_HaveTheSameMask(string backend)
    {
        var kernels = Backends.Get(backend);
        var values = Backends.Random(4 * 40, 1);
        var (whole, parts) = (new float[160], new float[160]);
        kernels.DropoutRelu(values, 4, 40, 40, 0.5f, 9, 100, whole);
        kernels.DropoutRelu(values, 1, 40, 40, 0.5f, 9, 100, parts);
        kernels.DropoutRelu(values.AsSpan(40), 3, 40, 40, 0.5f, 9, 101, parts.AsSpan(40));
        Assert.Equal(whole, parts);
    }
}
