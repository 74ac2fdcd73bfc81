using System.Globalization;
using LightDxml.Data;
using Xunit.Abstractions;

namespace LightDxml.Cli.Tests;

/// <summary>What other widths of the processor's vectors change: sums are taken in another order, so that scores differ in their last digits.</summary>
public sealed class VectorWidthTests(ITestOutputHelper output) : IDisposable
{
    private const int Places = 3;
    private readonly TinyDataset _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "DOTNET_EnableAVX512F")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public void Predict_ByNarrowerVectors_RanksTheSame_WithNearlyTheSameScores(params string[] off)
    {
        Run([], "train", "--train", _data["train.txt"], "--output", _data["model"], "--set", "schedule.epochs=8");
        Run([], "predict", "--model", _data["model"], "--input", _data["test.txt"], "--output", _data["wide.txt"], "--top", $"{Places}");
        Run(off, "predict", "--model", _data["model"], "--input", _data["test.txt"], "--output", _data["narrow.txt"], "--top", $"{Places}");
        var (same, difference) = Compare("wide.txt", "narrow.txt");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{off[0]}=0, one model: {same:P1} of the places the same, scores differ by {difference:G2} at most"));
        Assert.True(same > 0.98, $"{same:P1} of the places are the same");
        Assert.InRange(difference, 0, 1e-4);
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "DOTNET_EnableAVX512F")]
    [InlineData("DOTNET_EnableAVX2")]
    public void Train_ByNarrowerVectors_FindsTheSameLabels(params string[] off)
    {
        foreach (var (model, without) in new[] { ("wide", (string[])[]), ("narrow", off) })
        {
            Run(without, "train", "--train", _data["train.txt"], "--output", _data[model], "--set", "schedule.epochs=8");
            Run([], "predict", "--model", _data[model], "--input", _data["test.txt"], "--output", _data[$"{model}.txt"], "--top", "2");
        }

        var (same, difference) = Compare("wide.txt", "narrow.txt");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{off[0]}=0, models of their own: {same:P1} of the places the same, scores differ by {difference:G2} at most"));
        Assert.True(same > 0.9, $"{same:P1} of the places are the same");
    }

    private static void Run(string[] off, params string[] arguments)
    {
        var (code, _, messages) = Lightdxml.RunWith(off.ToDictionary(name => name, _ => "0"), arguments);
        Assert.True(code == 0, messages);
    }

    private (double Same, double Difference) Compare(string one, string other)
    {
        var (first, second) = (PredictionFile.Read(_data[one]), PredictionFile.Read(_data[other]));
        Assert.Equal(60, first.PointCount);
        var (same, all, difference) = (0, 0, 0.0);
        for (var document = 0; document < first.PointCount; document++)
        {
            for (var place = 0; place < first.Labels(document).Length; place++, all++)
            {
                same += first.Labels(document)[place] == second.Labels(document)[place] ? 1 : 0;
                difference = Math.Max(difference, Math.Abs(first.Scores(document)[place] - second.Scores(document)[place]));
            }
        }

        return ((double)same / all, difference);
    }
}
