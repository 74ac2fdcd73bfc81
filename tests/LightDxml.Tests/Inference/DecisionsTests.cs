using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Models;
using LightDxml.TestKit;

namespace LightDxml.Inference.Tests;

public sealed class DecisionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0.5", new[] { 2, 0 })]
    [InlineData("0.95", new int[0])]
    [InlineData("0", new[] { 2, 0, 1 })]
    [InlineData("auto", new[] { 2, 0, 1 })]
    [InlineData("per-label", new[] { 2, 1 })]
    [InlineData("precision=0.5", new[] { 2 })]
    public void Apply_KeepsTheLabelsThatReachTheirThreshold(string rule, int[] kept)
    {
        using var model = Model();
        var predictions = Ranking();
        Decisions.Of(rule, model).Apply(predictions, [true]);
        Assert.Equal(kept, predictions.Labels(0).ToArray().Where(label => label >= 0));
        Assert.All(Enumerable.Range(kept.Length, 3 - kept.Length), place => Assert.Equal((-1, float.NegativeInfinity), (predictions.Labels(0)[place], predictions.Scores(0)[place])));
    }

    /// <summary>The stored threshold is 0.4; the best F1 to expect is 2 · 1 / 2.405 = 0.832, 2 · 0.94 / 3.94 = 0.477, 2 · 0.69 / 2.69 = 0.513, and 2 · 0.1 / 1.15 = 0.174.</summary>
    [Theory]
    [InlineData(new[] { 1f, 0.405f, 0f }, 1)]
    [InlineData(new[] { 0.33f, 0.31f, 0.3f }, 1)]
    [InlineData(new[] { 0.35f, 0.34f, 0f }, 2)]
    [InlineData(new[] { 0.1f, 0.05f, 0f }, 0)]
    public void Apply_ByDocument_GivesTheLabelsAboveTheMiddle(float[] scores, int given)
    {
        using var model = StoredModel.Of([SampleModels.Random(3, 3, 4, seed: 1) with { Thresholds = new DecisionThresholds(0.4f, [0.4f, 0.4f, 0.4f], new float[100]) }]);
        var predictions = new RankedLabels(1, 3, 3);
        for (var place = 0; place < 3; place++)
            (predictions.Labels(0)[place], predictions.Scores(0)[place]) = (place, scores[place]);
        var decisions = Decisions.Of("document", model);
        decisions.Apply(predictions, [true]);
        Assert.Equal(given, predictions.Labels(0).ToArray().Count(label => label >= 0));
        Assert.Equal(100, decisions.RanksFor(5));
    }

    // A label behind those that are wanted may be given where one of these is not.
    [Fact]
    public void RanksFor_LooksFurther_WhereARankingSaysNotWhichLabelsAreGiven()
    {
        Assert.Equal(5, new Decisions(0.5f).RanksFor(5));
        Assert.Equal(100, new Decisions(0.5f, [0.1f, 0.2f]).RanksFor(5));
        Assert.Equal(100, new Decisions(0.5f, null, [1f, 2f]).RanksFor(5));
        Assert.Equal(200, new Decisions(0.5f, [0.1f, 0.2f]).RanksFor(200));
    }

    [Theory]
    [InlineData("document")]
    [InlineData("auto")]
    [InlineData("per-label")]
    [InlineData("0.1")]
    public void Apply_ToADocumentOfWhichNothingIsKnown_GivesNone(string rule)
    {
        using var model = Model();
        var predictions = new RankedLabels(2, 3, 3);
        for (var document = 0; document < 2; document++)
        {
            Ranking().Labels(0).CopyTo(predictions.Labels(document));
            Ranking().Scores(0).CopyTo(predictions.Scores(document));
        }

        Decisions.Of(rule, model).Apply(predictions, [false, true]);

        Assert.Equal([-1, -1, -1], predictions.Labels(0).ToArray());
        Assert.NotEqual(-1, predictions.Labels(1)[0]);
    }

    [Fact]
    public void Apply_ToScoresThatAreWeighedForTheTail_LooksAtTheProbability()
    {
        var predictions = Ranking();
        predictions.Scores(0)[0] = 2.4f;
        new Decisions(0.5f, null, [1f, 1f, 6f]).Apply(predictions, [true]);
        Assert.Equal([0, -1, -1], predictions.Labels(0).ToArray());
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("-0.1")]
    [InlineData("best")]
    [InlineData("precision=0")]
    [InlineData("precision=eighty")]
    public void Of_ARuleThatIsNone_NamesThoseThatAre(string rule)
    {
        using var model = Model();
        var fault = Assert.Throws<OptionsException>(() => Decisions.Of(rule, model));
        Assert.Contains("auto, document, per-label or precision=0.8", fault.Message, StringComparison.Ordinal);
    }

    // A service asks for them with every text.
    [Fact]
    public void Thresholds_OfManyModels_AreMadeOnce()
    {
        var member = SampleModels.Random(3, 3, 4, seed: 1) with { Thresholds = new DecisionThresholds(0.2f, [0.2f, 0.2f, 0.2f], new float[100]) };
        using var model = StoredModel.Of([member, member with { Thresholds = new DecisionThresholds(0.4f, [0.4f, 0.2f, 0.2f], new float[100]) }]);
        Assert.Equal(0.3f, model.Thresholds!.Overall, 6);
        Assert.Same(model.Thresholds, model.Thresholds);
    }

    [Fact]
    public void Of_AStoredRule_WithoutStoredThresholds_IsAnError()
    {
        using var without = StoredModel.Of([SampleModels.Random(3, 3, 4, seed: 1)]);
        Assert.Contains("holds no thresholds", Assert.Throws<LightDxmlException>(() => Decisions.Of("auto", without)).Message, StringComparison.Ordinal);
        Assert.Contains("give a number", Assert.Throws<LightDxmlException>(() => Decisions.Of("per-label", null)).Message, StringComparison.Ordinal);
        using var model = Model();
        Assert.Contains("0.6", Assert.Throws<LightDxmlException>(() => Decisions.Of("precision=0.7", model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OfFile_GoesByIdsAndNames_AndTheStarIsForTheRest()
    {
        using var model = Model();
        File.WriteAllText(_folder["t.tsv"], "label\tthreshold\n*\t0.95\nid-c\t0.8\nname, of b\t0.1\n");
        var predictions = Ranking();
        Decisions.OfFile(_folder["t.tsv"], model).Apply(predictions, [true]);
        Assert.Equal([2, 1, -1], predictions.Labels(0).ToArray());
    }

    [Fact]
    public void OfFile_FewLabelsOfOthers_SaysThatTheyArePassedOver()
    {
        using var model = Model();
        var notes = new List<string>();
        File.WriteAllText(_folder["t.tsv"], "id-c\t0.8\nid-C\t0.1\n");
        Decisions.OfFile(_folder["t.tsv"], model, notes.Add);
        Assert.EndsWith("1 of its 2 labels are not labels of " + model.Name + ", the first of them 'id-C' in line 2; they are passed over.", Assert.Single(notes), StringComparison.Ordinal);
        File.WriteAllText(_folder["t.tsv"], "id-c\t0.8\n");
        Decisions.OfFile(_folder["t.tsv"], model, notes.Add);
        Assert.Single(notes);
    }

    [Theory]
    [InlineData("id-c\t1.2\n", "(1)")]
    [InlineData("label\tthreshold\nid-c 0.2\n", "(2)")]
    [InlineData("x\t0.2\ny\t0.3\nid-c\t0.3\n", "2 of its 3 labels")]
    [InlineData("label\tthreshold\n", "holds no threshold")]
    [InlineData("label\tthreshold\nid-c\t0.3\nx\t0.2\n\ny\t0.3\n", "the first of them 'x' in line 3;")]
    public void OfFile_ThatIsDamagedOrOfOtherLabels_IsAnError(string text, string fault)
    {
        using var model = Model();
        File.WriteAllText(_folder["t.tsv"], text);
        Assert.Contains(fault, Assert.ThrowsAny<LightDxmlException>(() => Decisions.OfFile(_folder["t.tsv"], model)).Message, StringComparison.Ordinal);
    }

    // A service decides for each request, and a model may have millions of labels.
    [Theory]
    [InlineData("0.5")]
    [InlineData("auto")]
    [InlineData("per-label")]
    public void Of_TakesNoMemoryForEachLabel(string rule)
    {
        const int Labels = 2_000;
        var model = SampleModels.Random(3, Labels, 4, seed: 1);
        model = model with { LabelFrequencies = new int[Labels], Inference = model.Inference with { Tail = 0.5 }, Thresholds = new DecisionThresholds(0.4f, new float[Labels], new float[100]) };
        using var stored = StoredModel.Of([model], threads: 1);
        Assert.Equal(Labels, stored.Ranker.TailFactors!.Length);
        Decisions.Of(rule, stored);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Decisions.Of(rule, stored);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Labels);
    }

    // Label 2 with 0.9, label 0 with 0.6, label 1 with 0.2.
    private static RankedLabels Ranking()
    {
        var predictions = new RankedLabels(1, 3, 3);
        new[] { 2, 0, 1 }.CopyTo(predictions.Labels(0));
        new[] { 0.9f, 0.6f, 0.2f }.CopyTo(predictions.Scores(0));
        return predictions;
    }

    private static StoredModel Model() => StoredModel.Of(
    [
        SampleModels.Random(3, 3, 4, seed: 1) with
        {
            LabelNames = ["name of a", "name, of b", "name of c"],
            LabelIds = ["id-a", "id-b", "id-c"],
            Thresholds = new DecisionThresholds(0.15f, [0.7f, 0.1f, 0.5f], [.. Enumerable.Range(1, 100).Select(percent => percent <= 60 ? 0.8f : float.PositiveInfinity)]),
        },
    ]);
}
