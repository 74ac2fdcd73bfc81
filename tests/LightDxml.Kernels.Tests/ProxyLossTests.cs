namespace LightDxml.Kernels.Tests;

public class ProxyLossTests
{
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ProxyLoss_EveryDimension_EqualsTheDefinition(string backend)
    {
        foreach (var dim in KernelAssert.Lengths)
        {
            var embedding = Backends.Random(dim, dim);
            var documents = Backends.Random(6 * (dim + 1), dim + 1);
            int[] points = dim % 3 == 0 ? [] : [5, 0, 0, 3];
            var (expected, actual) = (new float[dim], new float[dim]);
            var expectedLoss = Backends.Scalar.ProxyLoss(embedding, points, documents, dim + 1, dim, 0.5f, expected);
            var actualLoss = Backends.Get(backend).ProxyLoss(embedding, points, documents, dim + 1, dim, 0.5f, actual);
            Assert.Equal(expectedLoss, actualLoss, 1e-4);
            KernelAssert.Close(expected, actual);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ProxyLoss_Gradient_EqualsFiniteDifferences(string backend)
    {
        const int Dim = 23;
        var embedding = Backends.Random(Dim, 1);
        var documents = Backends.Random(5 * Dim, 2);
        int[] points = [4, 2, 2];
        var gradient = new float[Dim];
        Backends.Get(backend).ProxyLoss(embedding, points, documents, Dim, Dim, 1, gradient);
        double Loss(double[] center) => points.Sum(point =>
            Math.Log(1 + Enumerable.Range(0, Dim).Sum(c => Math.Pow(center[c] - documents[point * Dim + c], 2))));
        FiniteDifferences.Check(Loss, embedding, gradient);
    }
}
