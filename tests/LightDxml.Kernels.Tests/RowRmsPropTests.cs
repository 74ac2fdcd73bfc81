namespace LightDxml.Kernels.Tests;

public class RowRmsPropTests
{
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void RowRmsProp_EveryDimension_EqualsTheDefinition(string backend)
    {
        foreach (var dim in KernelAssert.Lengths)
        {
            var expected = Run(Backends.Scalar, dim);
            var actual = Run(Backends.Get(backend), dim);
            KernelAssert.Close(expected.Parameters, actual.Parameters, 1e-4);
            KernelAssert.Close(expected.States, actual.States);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void RowRmsProp_RowThatIsNotTouched_KeepsParametersAndState(string backend)
    {
        var (parameters, states) = Run(Backends.Get(backend), 33);
        var start = Start(33);

        // Row 1 is not among the touched rows 4, 0 and 2.
        Assert.Equal(start.Parameters[34..67], parameters[34..67]);
        Assert.Equal(start.States[2..4], states[2..4]);
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void RowRmsProp_TwoSteps_EqualTheHandComputedOnes(string backend)
    {
        // g = (3, 4), so its root mean square is √12.5. Step 1 has v̂ = ‖g‖² = 25 and u = 0.1: the move is 0.5 · 0.1 · g / √12.5.
        // Step 2 has the same v̂, and u = 0.19.
        float[] parameters = [1, 1], states = [0, 0];
        for (var step = 1; step <= 2; step++)
            Backends.Get(backend).RowRmsProp([0], [0, 2], [0, 1], [2, 1], [1, 1, 1, 2], 2, 2, RowRmsStep.At(step, 0.5, 2), parameters, states);
        var root = Math.Sqrt(12.5);
        Assert.Equal(1 - 0.5 * 0.29 * 3 / root, parameters[0], 1e-5);
        Assert.Equal(1 - 0.5 * 0.29 * 4 / root, parameters[1], 1e-5);
        Assert.Equal(25 * (1 - 0.999 * 0.999), states[0], 1e-5);
        Assert.Equal(0.19, states[1], 1e-6);
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void RowRmsProp_NoGradient_MovesNothing(string backend)
    {
        float[] parameters = [1, 2], states = [0, 0];
        Backends.Get(backend).RowRmsProp([0], [0, 1], [0], [0], [5, 5], 2, 2, RowRmsStep.At(1, 0.5, 2), parameters, states);
        Assert.Equal([1f, 2f], parameters);
    }

    private static (float[] Parameters, float[] States) Start(int dim)
    {
        var states = Backends.Random(10, 6);
        for (var i = 0; i < states.Length; i++)
            states[i] = states[i] * states[i] + 0.1f;
        return (Backends.Random(5 * (dim + 1), 4), states);
    }

    private static (float[] Parameters, float[] States) Run(KernelSet kernels, int dim)
    {
        var (parameters, states) = Start(dim);
        var sources = Backends.Random(6 * (dim + 1), 7);
        kernels.RowRmsProp(
            [4, 0, 2], [0, 6, 7, 7], [0, 5, 1, 1, 3, 2, 4], Backends.Random(7, 8), sources, dim, dim + 1,
            RowRmsStep.At(3, 0.01, Math.Max(1, dim)), parameters, states);
        return (parameters, states);
    }
}
