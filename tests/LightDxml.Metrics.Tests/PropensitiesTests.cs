using System.Globalization;
using LightDxml.Configuration;
using LightDxml.TestKit;

namespace LightDxml.Metrics.Tests;

public class PropensitiesTests
{
    // A = B = 1 and 10 points: C = (ln 10 − 1) · 2 = 2.605170185988091; label 0 has 3 points: 1 + C/4; label 1 none: 1 + C.
    [Fact]
    public void Inverse_HandCase()
    {
        var labels = Points.Labels(2, [0], [0], [0], [], [], [], [], [], [], []);
        var weights = Propensities.Inverse(labels, new PropensityOptions(1, 1));
        Assert.Equal(1.651292546497023, weights[0], 1e-14);
        Assert.Equal(3.605170185988091, weights[1], 1e-14);
    }

    [Fact]
    public void Inverse_FewerPointsThanE_WeighsAllLabelsAlike() =>
        Assert.Equal([1.0, 1.0], Propensities.Inverse(Points.Labels(2, [0], [0]), PropensityOptions.Standard));

    [Theory]
    [InlineData("standard", 0.55, 1.5)]
    [InlineData("wikipedia", 0.5, 0.4)]
    [InlineData("amazon", 0.6, 2.6)]
    public void NamedSettings_AreThePublishedOnes(string name, double a, double b) =>
        Assert.Equal(new PropensityOptions(a, b), PropensityOptions.Named(name));

    [Fact]
    public void OptionsOutOfRange_AreNamed()
    {
        Assert.Contains("propensity.a", Assert.Throws<OptionsException>(() => new PropensityOptions(A: -1).Validate()).Message, StringComparison.Ordinal);
        Assert.Contains("propensity.b", Assert.Throws<OptionsException>(() => new PropensityOptions(B: 0).Validate()).Message, StringComparison.Ordinal);
        Assert.Contains("'eurlex'", Assert.Throws<OptionsException>(() => PropensityOptions.Named("eurlex")).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Inverse_Eurlex4K_AgreesWithThePublishedFile()
    {
        var folder = SharedData.PathOf("eurlex-4k-labels");
        Skip.If(folder is null, "the shared data folder is not here");
        var lines = File.ReadAllLines(Path.Combine(folder, "trn_X_Y.txt"));
        var labelCount = int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
        int[][] rows = [.. lines.Skip(1).Select(line => line
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => int.Parse(pair[..pair.IndexOf(':', StringComparison.Ordinal)], CultureInfo.InvariantCulture)).ToArray())];
        double[] published = [.. File.ReadLines(Path.Combine(folder, "inv_prop.txt")).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        var computed = Propensities.Inverse(Points.Labels(labelCount, rows), PropensityOptions.Standard);
        Assert.Equal(published.Length, computed.Length);
        for (var label = 0; label < computed.Length; label++)
            Assert.InRange(computed[label] / published[label], 1 - 1e-4, 1 + 1e-4);
    }
}
