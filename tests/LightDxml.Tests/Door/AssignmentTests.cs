using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Door;

/// <summary>Which labels texts are given: by a least probability, and by the thresholds that a model stores.</summary>
public sealed class AssignmentTests
{
    private static readonly TextClassifier Plain = TextClassifier.Train(Tickets.Create(200), Tickets.Quick, threads: 1);
    private static readonly TextClassifier Tail = TextClassifier.Train(Tickets.Create(200), Tickets.Quick with { Prediction = new PredictionOptions { Tail = 1 } }, threads: 1);
    private static readonly string[] Texts = [.. Tickets.Create(60, seed: 2).Select(ticket => ticket.Text), "", "zzzz qqqq"];

    [Theory]
    [InlineData(false, 0.01f, 4)]
    [InlineData(false, 0.5f, 1)]
    [InlineData(true, 0.3f, 1)]
    [InlineData(true, 0.9f, 2)]
    public async Task MinProbability_OfManyTexts_LeavesOutWhatItLeavesOutOfOne(bool tail, float least, int top)
    {
        var model = tail ? Tail : Plain;
        var expected = Texts.Select(text => Given(model, text, label => label.Probability >= least, top)).ToArray();
        Assert.Contains(expected, labels => labels.Length > 0);
        Assert.All(expected[^2..], Assert.Empty);
        Assert.Equal(expected, Texts.Select(text => model.Predict(text, top, least)));
        Assert.Equal(expected, model.PredictMany(Texts, top, threads: 2, minProbability: least));
        var arrived = new List<IReadOnlyList<LabelScore>>();
        await foreach (var labels in model.PredictAsync(Arriving(), top, least))
            arrived.Add(labels);
        Assert.Equal(expected, arrived);
    }

    [Fact]
    public async Task MinProbability_OutOfItsRange_IsAnArgumentException()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Plain.PredictMany(["text"], minProbability: 1.01f));
        Assert.Throws<ArgumentOutOfRangeException>(() => Plain.PredictMany(["text"], minProbability: float.NaN));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
        {
            await foreach (var _ in Plain.PredictAsync(Arriving(), minProbability: -0.1f))
                Assert.Fail("A text was answered.");
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Assign_GivesTheLabelsThatReachTheStoredThresholds(bool tail)
    {
        var model = tail ? Tail : Plain;
        var stored = model.Shared.Model.Thresholds!;
        var rows = model.Labels.Index().ToDictionary(label => label.Item, label => label.Index);
        AssertGiven("auto", label => label.Probability >= stored.Overall);
        AssertGiven("per-label", label => label.Probability >= stored.PerLabel[rows[label.Label]]);
        AssertGiven("precision=0.5", label => label.Probability >= stored.ForPrecision(0.5)!);
        AssertGiven("0.3", label => label.Probability >= 0.3f);
        Assert.Equal(Texts.Select(text => model.Assign(text, "auto")), Texts.Select(text => model.Assign(text)));

        void AssertGiven(string threshold, Predicate<LabelScore> reaches)
        {
            foreach (var top in new[] { 1, 100 })
            {
                var expected = Texts.Select(text => Given(model, text, reaches, top)).ToArray();
                Assert.Equal(expected, Texts.Select(text => model.Assign(text, threshold, top)));
                Assert.Equal(expected, model.AssignMany(Texts, threshold, top, threads: 2));
            }
        }
    }

    [Fact]
    public void Assign_RuleThatIsNone_OrThatTheModelDoesNotHold_IsAnErrorThatSaysSo()
    {
        Assert.Contains("auto, document, per-label or precision=0.8", Assert.Throws<OptionsException>(() => Plain.Assign("text", "best")).Message, StringComparison.Ordinal);
        Assert.Throws<OptionsException>(() => Plain.AssignMany(["text"], "1.5"));
        using var without = TextClassifier.Train(Tickets.Create(60), Tickets.Quick with { Validation = new ValidationOptions { Share = 0 } }, threads: 1);
        Assert.Contains("holds no thresholds", Assert.Throws<LightDxmlException>(() => without.Assign("text")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Plain.Assign("text", "0.5", top: 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void Assign_RowsOfFeatures_GivesTheLabelsThatReachTheirThresholds(int top)
    {
        var (train, unseen) = (SmallData.Learnable(300, 20, seed: 1), SmallData.Learnable(40, 20, seed: 2).Features);
        using var model = FeatureClassifier.Train(
            train, options: new TrainingOptions { Encoder = new EncoderOptions { Dimensions = 12 }, Schedule = new ScheduleOptions { Epochs = 4 } }, threads: 1);
        using var file = new MemoryStream();
        model.Save(file);
        file.Position = 0;
        using var stored = LightDxml.Models.ModelStore.Open(file);
        var (all, given) = (model.Predict(unseen, 20), model.Assign(unseen, "per-label", top));
        for (var row = 0; row < unseen.RowCount; row++)
        {
            var ranked = all.Labels(row).ToArray().Zip(all.Scores(row).ToArray()).Where(label => label.First >= 0 && label.Second >= stored.Thresholds!.PerLabel[label.First]).Take(top).ToArray();
            Assert.Equal(ranked, given.Labels(row).ToArray().Zip(given.Scores(row).ToArray()).TakeWhile(label => label.First >= 0));
            Assert.All(given.Labels(row)[ranked.Length..].ToArray(), label => Assert.Equal(-1, label));
        }

        Assert.All(model.Assign(new SparseMatrix(1, unseen.ColumnCount, [0, 0], [], []), "0.01").Labels(0).ToArray(), label => Assert.Equal(-1, label));
    }

    /// <summary>The rule written down once more: of all ranked labels those that reach a threshold, of which the first are given; of a text without a known word none.</summary>
    private static LabelScore[] Given(TextClassifier model, string text, Predicate<LabelScore> reaches, int top) =>
        text is "" or "zzzz qqqq" ? [] : [.. model.Predict(text, 4).Where(label => reaches(label)).Take(top)];

    private static async IAsyncEnumerable<string> Arriving()
    {
        foreach (var text in Texts)
        {
            await Task.Yield();
            yield return text;
        }
    }
}
