using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

public class DenseRowTests
{
    [Theory]
    [InlineData(5, 40, 1)]
    [InlineData(17, 200, 2)]
    [InlineData(64, 600, 3)]
    public void Fit_EndsNearTheMinimum(int dimensions, int documents, int seed)
    {
        var (encodings, positives, negatives) = Problem(dimensions, documents, seed);
        var start = new float[dimensions + 1];
        start[^1] = -4;
        var row = start.ToArray();
        new DenseRow(encodings, KernelBackends.Select()).Fit(positives, negatives, row);
        var (loss, gradient) = Loss(encodings, positives, negatives, start, row);
        var (first, firstGradient) = Loss(encodings, positives, negatives, start, start);
        Assert.True(loss < first);

        // It stops at a hundredth of the first gradient; float sums of 600 terms are exact to a millionth of theirs.
        Assert.InRange(Norm(gradient) / Norm(firstGradient), 0, 0.0101);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Fit_FromItsOwnSolutionWithoutDocuments_Stays(int seed)
    {
        var (encodings, positives, negatives) = Problem(9, 50, seed);
        var fitter = new DenseRow(encodings, KernelBackends.Select());
        var row = new float[10];
        fitter.Fit(positives, negatives, row);
        Assert.Contains(row, weight => weight != 0);
        var again = row.ToArray();
        fitter.Fit([], [], again);
        Assert.Equal(row, again);
    }

    [Fact]
    public void Fit_TwiceInOneMemory_GivesTheSameBits()
    {
        var (encodings, positives, negatives) = Problem(12, 80, seed: 4);
        var fitter = new DenseRow(encodings, KernelBackends.Select());
        var (one, two, other) = (new float[13], new float[13], new float[13]);
        fitter.Fit(positives, negatives, one);
        fitter.Fit(negatives, positives, other);
        fitter.Fit(positives, negatives, two);
        Assert.Equal(one, two);
        Assert.NotEqual(one, other);
    }

    private static (DenseMatrix Encodings, int[] Positives, int[] Negatives) Problem(int dimensions, int documents, int seed)
    {
        var random = new Random(seed);
        var encodings = new DenseMatrix(documents, dimensions + 1);
        for (var document = 0; document < documents; document++)
        {
            var row = encodings.Row(document);
            for (var d = 0; d < dimensions; d++)
                row[d] = random.NextSingle() + (d == 0 && document % 5 == 0 ? 1 : 0);
            row[dimensions] = 1;
        }

        return (encodings, [.. Enumerable.Range(0, documents).Where(document => document % 5 == 0)], [.. Enumerable.Range(0, documents).Where(document => document % 5 != 0)]);
    }

    /// <summary>The objective in double precision.</summary>
    private static (double Loss, double[] Gradient) Loss(DenseMatrix encodings, int[] positives, int[] negatives, float[] start, float[] row)
    {
        const double nearness = 1;
        var loss = 0.0;
        var gradient = new double[row.Length];
        foreach (var (document, sign) in positives.Select(document => (document, 1)).Concat(negatives.Select(document => (document, -1))))
        {
            var logit = 0.0;
            for (var d = 0; d < row.Length; d++)
                logit += row[d] * (double)encodings.Row(document)[d];
            loss += Math.Log(1 + Math.Exp(-sign * logit));
            for (var d = 0; d < row.Length; d++)
                gradient[d] -= sign * encodings.Row(document)[d] / (1 + Math.Exp(sign * logit));
        }

        for (var d = 0; d < row.Length; d++)
        {
            loss += nearness / 2 * (row[d] - start[d]) * (row[d] - start[d]);
            gradient[d] += nearness * (row[d] - start[d]);
        }

        return (loss, gradient);
    }

    private static double Norm(double[] vector) => Math.Sqrt(vector.Sum(value => value * value));
}
