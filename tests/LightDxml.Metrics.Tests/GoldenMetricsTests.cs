using System.Text.Json;
using LightDxml.Data;
using LightDxml.TestKit;

namespace LightDxml.Metrics.Tests;

/// <summary>
/// Figures that pyxclib computed for 1,000 training and 200 test points with 300 made-up labels. It computes nDCG in single
/// precision, so that those agree to 1e-7 and the rest to 1e-9.
/// </summary>
public class GoldenMetricsTests
{
    private static readonly JsonElement Golden =
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "metrics-golden.json"))).RootElement;

    [Theory]
    [InlineData(0.55, 1.5, "A=0.55,B=1.5")]
    [InlineData(0.5, 0.4, "A=0.5,B=0.4")]
    [InlineData(0.6, 2.6, "A=0.6,B=2.6")]
    public void Evaluate_AgreesWithPyxclib(double a, double b, string setting)
    {
        var labelCount = Golden.GetProperty("labels").GetInt32();
        var weights = Propensities.Inverse(Points.Labels(labelCount, Rows("train_labels")), new PropensityOptions(a, b));
        var report = Evaluator.Evaluate(
            Rankings(labelCount), Points.Labels(labelCount, Rows("test_labels")), new EvaluationOptions(), weights);
        var expected = Golden.GetProperty("expected");
        var scored = expected.GetProperty(setting);
        Expect(scored.GetProperty("inv_prop_first10"), weights[..10], 1e-9);
        Assert.Equal(scored.GetProperty("inv_prop_last").GetDouble(), weights[^1], 1e-9);
        Expect(expected.GetProperty("P"), report.Precision, 1e-9);
        Expect(expected.GetProperty("R"), report.Recall, 1e-9);
        Expect(expected.GetProperty("nDCG"), report.Ndcg, 1e-7);
        Expect(scored.GetProperty("PSP"), report.PropensityScoredPrecision!, 1e-9);
        Expect(scored.GetProperty("PSnDCG"), report.PropensityScoredNdcg!, 1e-7);
    }

    private static void Expect(JsonElement expected, IReadOnlyList<double> actual, double bound)
    {
        Assert.Equal(expected.GetArrayLength(), actual.Count);
        for (var i = 0; i < actual.Count; i++)
            Assert.Equal(expected[i].GetDouble(), actual[i], bound);
    }

    private static int[][] Rows(string name) =>
        [.. Golden.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(label => label.GetInt32()).ToArray())];

    private static RankedLabels Rankings(int labelCount) =>
        Points.Ranking(
            labelCount,
            [.. Golden.GetProperty("predictions").EnumerateArray().Select(row => row.EnumerateArray().Select(pair => pair[0].GetInt32()).ToArray())]);
}
