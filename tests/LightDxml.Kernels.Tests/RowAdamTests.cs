namespace LightDxml.Kernels.Tests;

public class RowAdamTests
{
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void RowAdam_EveryDimension_EqualsTheDefinition(string backend)
    {
        foreach (var dim in KernelAssert.Lengths)
        {
            var expected = Run(Backends.Scalar, dim);
            var actual = Run(Backends.Get(backend), dim);
            KernelAssert.Close(expected.Parameters, actual.Parameters, 1e-4);
            KernelAssert.Close(expected.First, actual.First);
            KernelAssert.Close(expected.Second, actual.Second);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void RowAdam_RowThatIsNotTouched_KeepsParametersAndMoments(string backend)
    {
        var (parameters, first, second) = Run(Backends.Get(backend), 33);
        var start = Start(33);

        // Row 1 is not among the touched rows 4, 0 and 2.
        Assert.Equal(start.Parameters[34..67], parameters[34..67]);
        Assert.Equal(start.First[34..67], first[34..67]);
        Assert.Equal(start.Second[34..67], second[34..67]);
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Adam_FirstStep_MovesEachParameterByTheRateAgainstItsGradient(string backend)
    {
        // At step 1 m/(1 − β₁) = g and v/(1 − β₂) = g², so the move is η·g/(|g| + ε) = ±η.
        var parameters = new float[40];
        var gradients = Backends.Random(40, 3);
        Backends.Get(backend).Adam(gradients, AdamStep.At(1, 0.01), parameters, new float[40], new float[40]);
        for (var i = 0; i < 40; i++)
            Assert.Equal(-0.01 * Math.Sign(gradients[i]), parameters[i], 1e-5);
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Adam_EveryLength_EqualsTheDefinition(string backend)
    {
        foreach (var length in KernelAssert.Lengths)
        {
            var gradients = Backends.Random(length, length);
            var step = AdamStep.At(7, 0.003);
            float[][] expected = [Backends.Random(length, 1), Backends.Random(length, 2), new float[length]];
            float[][] actual = [.. expected.Select(values => values.ToArray())];
            Backends.Scalar.Adam(gradients, step, expected[0], expected[1], expected[2]);
            Backends.Get(backend).Adam(gradients, step, actual[0], actual[1], actual[2]);
            for (var i = 0; i < 3; i++)
                KernelAssert.Close(expected[i], actual[i], 1e-4);
        }
    }

    private static (float[] Parameters, float[] First, float[] Second) Start(int dim)
    {
        var second = Backends.Random(5 * (dim + 1), 6);
        for (var i = 0; i < second.Length; i++)
            second[i] = second[i] * second[i] + 0.1f;
        return (Backends.Random(5 * (dim + 1), 4), Backends.Random(5 * (dim + 1), 5), second);
    }

    private static (float[] Parameters, float[] First, float[] Second) Run(KernelSet kernels, int dim)
    {
        var (parameters, first, second) = Start(dim);
        var sources = Backends.Random(6 * (dim + 1), 7);
        kernels.RowAdam(
            [4, 0, 2], [0, 6, 7, 7], [0, 5, 1, 1, 3, 2, 4], Backends.Random(7, 8), sources, dim, dim + 1,
            AdamStep.At(3, 0.01), parameters, first, second);
        return (parameters, first, second);
    }
}
