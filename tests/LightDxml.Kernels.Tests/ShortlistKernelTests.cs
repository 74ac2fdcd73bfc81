namespace LightDxml.Kernels.Tests;

public class ShortlistKernelTests
{
    private const int Labels = 50;

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ShortlistLogits_EveryDimensionAndWidth_EqualsTheDefinition(string backend)
    {
        foreach (var dim in KernelAssert.Lengths)
        {
            var width = dim % 23;
            var document = Backends.Random(dim + 1, dim).AsSpan(1);
            var classifier = Backends.Random(Labels * (dim + 2), dim + 1);
            var shortlist = Shortlist(width, dim, padding: true);
            var expected = new float[width];
            var actual = new float[width];
            Backends.Scalar.ShortlistLogits(document, classifier, dim, dim + 2, shortlist, expected);
            Backends.Get(backend).ShortlistLogits(document, classifier, dim, dim + 2, shortlist, actual);
            for (var j = 0; j < width; j++)
            {
                if (shortlist[j] < 0)
                    Assert.Equal(float.NegativeInfinity, actual[j]);
                else
                    Assert.Equal(expected[j], actual[j], 1e-4f);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ShortlistLoss_EveryDimensionAndWidth_EqualsTheDefinition(string backend)
    {
        foreach (var dim in KernelAssert.Lengths)
        {
            var width = dim % 41;
            var positives = Math.Min(width, dim % 5);
            var document = Backends.Random(dim + 1, dim).AsSpan(1);
            var classifier = Backends.Random(Labels * (dim + 2), dim + 1);
            var shortlist = Shortlist(width, dim, padding: false);
            var weights = dim % 2 == 0 ? [] : Array.ConvertAll(Backends.Random(positives, dim + 2), x => 1.5f + x);
            var (expectedSlots, actualSlots) = (new float[width], new float[width]);
            var (expectedGradient, actualGradient) = (new float[dim], new float[dim]);
            var expected = Backends.Scalar.ShortlistLoss(document, classifier, dim, dim + 2, shortlist, positives, weights, 0.25f, true, expectedSlots, expectedGradient);
            var actual = Backends.Get(backend).ShortlistLoss(document, classifier, dim, dim + 2, shortlist, positives, weights, 0.25f, true, actualSlots, actualGradient);
            Assert.Equal(expected, actual, 1e-4 * Math.Max(1, expected));
            KernelAssert.Close(expectedSlots, actualSlots, 1e-5);
            KernelAssert.Close(expectedGradient, actualGradient);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ShortlistLoss_LossNotWanted_LeavesGradientsTheSame(string backend)
    {
        var kernels = Backends.Get(backend);
        var document = Backends.Random(20, 1);
        var classifier = Backends.Random(Labels * 20, 2);
        var shortlist = Shortlist(30, 3, padding: false);
        var (with, without) = (new float[20], new float[20]);
        var slots = new float[30];
        kernels.ShortlistLoss(document, classifier, 20, 20, shortlist, 2, [3, 0.5f], 1, true, slots, with);
        Assert.Equal(0, kernels.ShortlistLoss(document, classifier, 20, 20, shortlist, 2, [3, 0.5f], 1, false, slots, without));
        Assert.Equal(with, without);
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ShortlistLoss_Gradient_EqualsFiniteDifferences(string backend)
    {
        const int Dim = 19, Width = 21, Positives = 3;
        var document = Backends.Random(Dim, 4);
        var classifier = Backends.Random(Labels * Dim, 5);
        var shortlist = Shortlist(Width, 6, padding: false);
        var gradient = new float[Dim];
        Backends.Get(backend).ShortlistLoss(document, classifier, Dim, Dim, shortlist, Positives, [1, 2.5f, 0.5f], 1, false, new float[Width], gradient);

        // Central differences in double precision: error of order h² = 1e-8, below the float gradient's 1e-5.
        double Loss(double[] x) => Enumerable.Range(0, Width).Sum(j =>
        {
            var logit = Enumerable.Range(0, Dim).Sum(c => x[c] * classifier[shortlist[j] * Dim + c]);
            return (j == 1 ? 2.5 : j == 2 ? 0.5 : 1) * (Math.Log(1 + Math.Exp(logit)) - (j < Positives ? logit : 0));
        });
        FiniteDifferences.Check(Loss, document, gradient);
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ShortlistLoss_HugeLogits_StayFinite(string backend)
    {
        var slots = new float[2];
        var gradient = new float[1];
        var loss = Backends.Get(backend).ShortlistLoss([100], [50, -50], 1, 1, [0, 1], 1, [], 1, true, slots, gradient);
        Assert.Equal(0, loss, 1e-6);
        Assert.Equal(0, slots[0], 1e-6f);
        Assert.Equal(0, slots[1], 1e-6f);
    }

    private static int[] Shortlist(int width, int seed, bool padding)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, width).Select(j => padding && j % 7 == 3 ? -1 : random.Next(Labels))];
    }
}
