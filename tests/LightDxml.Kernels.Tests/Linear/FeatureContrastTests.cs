using LightDxml.Kernels.Linear;
using LightDxml.TestKit;

namespace LightDxml.Kernels.Tests.Linear;

public sealed class FeatureContrastTests
{
    // Feature 0: the positive alone, p̄ = 1. Feature 1: two of four negatives with ½, n̄ = ¼. Feature 2: the positive with ½ and all negatives with ½.
    private static readonly SortedDictionary<int, float>[] Rows =
    [
        new() { [0] = 1, [2] = 0.5f },
        new() { [1] = 0.5f, [2] = 0.5f },
        new() { [1] = 0.5f, [2] = 0.5f },
        new() { [2] = 0.5f },
        new() { [2] = 0.5f },
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    [InlineData(0.25)]
    public void Scales_OnePositiveFourNegatives_AreOfMeans(double power)
    {
        double[] raw = [Math.Pow(1.003, power), Math.Pow(0.253, power), Math.Pow(0.003, power)];
        double[] means = [1, 0.25, 1];
        var normalizer = Math.Sqrt(means.Sum() / means.Zip(raw, (mean, scale) => mean * scale * scale).Sum());

        var (_, contrast) = Contrast(power, [0, 1, 2, 3, 4], [1, -1, -1, -1, -1]);

        Assert.Equal(3, contrast.Scales.Length);

        // Own columns are numbered as they first appear: 0, 2, 1.
        Assert.Equal(raw[0] * normalizer, contrast.Scales[0], 1e-5);
        Assert.Equal(raw[2] * normalizer, contrast.Scales[1], 1e-5);
        Assert.Equal(raw[1] * normalizer, contrast.Scales[2], 1e-5);
    }

    [Fact]
    public void Scales_PositivesAndNegativesChanged_AreTheSame()
    {
        var (_, one) = Contrast(0.5, [0, 1, 2, 3, 4], [1, -1, -1, -1, -1]);
        var (_, two) = Contrast(0.5, [0, 1, 2, 3, 4], [-1, 1, 1, 1, 1]);
        Assert.Equal(one.Scales, two.Scales);
    }

    [Fact]
    public void Add_FurtherRows_KeepTheScalesThatAreKnown()
    {
        var (rows, contrast) = Contrast(1, [0, 3, 4], [1, -1, -1]);
        var known = contrast.Scales.ToArray();
        rows.Append([1, 2]);
        contrast.Add(rows, [1, -1, -1, -1, -1], 3);

        // p̄ = 1 and ½ of features 0 and 2, n̄ = 0 and ½: of features that these rows have. Feature 1 came later, with n̄ = ¼.
        var normalizer = Math.Sqrt(2 / (1.003 * 1.003 + 0.003 * 0.003));
        Assert.Equal(known, contrast.Scales[..2]);
        Assert.Equal(1.003 * normalizer, known[0], 1e-5);
        Assert.Equal(0.253 * normalizer, contrast.Scales[2], 1e-5);
    }

    [Fact]
    public void Clear_ForgetsTheProblem()
    {
        var (_, fresh) = Contrast(0.5, [0, 1], [1, -1]);
        var (_, used) = Contrast(0.5, [4, 3, 2, 1, 0], [1, 1, -1, -1, -1]);
        used.Clear();
        var packed = new PackedRows(SmallData.Matrix(Rows, 3), 1 << 20);
        packed.Append([0, 1]);
        used.Add(packed, [1, -1], 0);
        Assert.Equal(fresh.Scales, used.Scales);
    }

    [Fact]
    public void Scales_RowsWithoutFeatures_AreNone()
    {
        var packed = new PackedRows(SmallData.Matrix([new SortedDictionary<int, float>()], 3), 1 << 20);
        packed.Append([0]);
        var contrast = new FeatureContrast(0.5);
        contrast.Add(packed, [1], 0);
        Assert.True(contrast.Scales.IsEmpty);
    }

    private static (PackedRows Rows, FeatureContrast Contrast) Contrast(double power, int[] rows, float[] signs)
    {
        var packed = new PackedRows(SmallData.Matrix(Rows, 3), 1 << 20);
        packed.Append(rows);
        var contrast = new FeatureContrast(power);
        contrast.Add(packed, signs, 0);
        return (packed, contrast);
    }
}
