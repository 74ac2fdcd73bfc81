using LightDxml.Data;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Door;

/// <summary>Models that an application adds to.</summary>
public sealed class UpdateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, "model")]
    [InlineData(false, "model")]
    [InlineData(true, "model.ldx")]
    public void TextClassifier_LearnsANewLabel_AndOutlivesTheFormerModel(bool withPrevious, string name)
    {
        var tickets = Tickets.Create(200).ToList();
        using (var former = TextClassifier.Train(tickets, Tickets.Quick, threads: 1))
            former.Save(_folder[name]);
        var added = Tickets.Create(60, seed: 3).Select(ticket => (ticket.Text, ticket.Labels.Select(label => label == "phone" ? "telephony" : label).ToArray()));
        using var updated = TextClassifier.Update(_folder[name], added, withPrevious ? tickets : null, threads: 2);
        Assert.Equal(["account", "network", "phone", "printer", "telephony"], updated.Labels);
        Assert.Contains("telephony", updated.Predict("call voice headset phone today", top: 2).Select(label => label.Label));
        Assert.Equal("printer", updated.Predict("toner and paper jam in the printer")[0].Label);
        updated.Save(_folder["updated"]);
        using var loaded = TextClassifier.Load(_folder["updated"]);
        Assert.Equal(updated.Predict("router cable", top: 5), loaded.Predict("router cable", top: 5));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TextClassifier_NewTerms_TellANewLabel_AndWithoutThemItsWordsAreUnknown(bool withPrevious)
    {
        var tickets = Tickets.Create(200).ToList();
        using (var former = TextClassifier.Train(tickets, Tickets.Quick, threads: 1))
            former.Save(_folder["model"]);
        (string Text, string[] Labels)[] added = [.. Tickets.Create(60, seed: 3).Select(ticket => ($"{ticket.Text} door keycard", ticket.Labels.Append("building").ToArray()))];
        using var updated = TextClassifier.Update(_folder["model"], added, withPrevious ? tickets : null, newTerms: true, threads: 2);
        Assert.Equal("building", updated.Predict("keycard")[0].Label);
        Assert.Contains(updated.Explain("keycard", updated.Predict("keycard", top: 1))[0], term => term.Term == "keycard");
        Assert.Equal("printer", updated.Predict("toner and paper jam in the printer")[0].Label);
        updated.Save(_folder["updated"]);
        using var loaded = TextClassifier.Load(_folder["updated"]);
        Assert.Equal(updated.Predict("router keycard", top: 5), loaded.Predict("router keycard", top: 5));
        using var same = TextClassifier.Update(_folder["model"], added, withPrevious ? tickets : null, threads: 2);
        Assert.Equal(same.Predict("keycard door"), same.Predict("windows"));
    }

    [Fact]
    public void TextClassifier_NewLabelInAnotherSpelling_IsLearntInTheOneSpelling()
    {
        using (var former = TextClassifier.Train(Tickets.Create(200), Tickets.Quick, threads: 1))
            former.Save(_folder["model"]);
        string[] spellings = ["café ", "cafe\u0301", "caf\u00E9"];
        var added = Tickets.Create(60, seed: 3).Select((ticket, i) => (ticket.Text, new[] { spellings[i % 3] }));
        using var updated = TextClassifier.Update(_folder["model"], added, threads: 1);
        Assert.Equal(["account", "caf\u00E9", "network", "phone", "printer"], updated.Labels.Order(StringComparer.Ordinal));
        Assert.Contains("caf\u00E9", updated.Predict(Tickets.Create(1, seed: 3).First().Text, top: 2).Select(label => label.Label));
    }

    [Fact]
    public void TextClassifier_NewTermsOfHashedFeatures_AreRefused()
    {
        using (var former = TextClassifier.Train(Tickets.Create(200), Tickets.Quick with { Text = Tickets.Quick.Text with { HashBits = 10 } }, threads: 1))
            former.Save(_folder["model"]);
        Assert.Contains("hashed", Assert.Throws<LightDxmlException>(() => TextClassifier.Update(_folder["model"], Tickets.Create(5), newTerms: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TextClassifier_WhatCannotBeUpdated_IsRefused()
    {
        using (var former = TextClassifier.Train(Tickets.Create(200), Tickets.Quick, threads: 1))
            former.Save(_folder["model"]);
        Assert.Contains("No new document", Assert.Throws<LightDxmlException>(() => TextClassifier.Update(_folder["model"], [("paper jam", Array.Empty<string>())])).Message, StringComparison.Ordinal);
        Assert.Contains("not a model folder", Assert.Throws<LightDxmlException>(() => TextClassifier.Update(_folder["none"], Tickets.Create(5))).Message, StringComparison.Ordinal);
        Assert.Throws<OperationCanceledException>(() => TextClassifier.Update(_folder["model"], Tickets.Create(5), cancellationToken: new CancellationToken(canceled: true)));
        var points = SmallData.Learnable(100, 6, seed: 1);
        Assert.Contains("raw text", Assert.Throws<LightDxmlException>(() => FeatureClassifier.Update(_folder["model"], points)).Message, StringComparison.Ordinal);
        using (var features = FeatureClassifier.Train(points, options: new TrainingOptions { Encoder = new EncoderOptions { Dimensions = 8 } }))
            features.Save(_folder["points"]);
        Assert.Contains("no vocabulary", Assert.Throws<LightDxmlException>(() => TextClassifier.Update(_folder["points"], Tickets.Create(5))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FeatureClassifier_LearnsANewLabel_AndRefusesOtherFeaturesAndNames()
    {
        var all = SmallData.Learnable(400, 12, seed: 1);
        var old = all with { Labels = all.Labels.WithColumns(label => label < 11 ? label : -1, 11), LabelNames = [.. "abcdefghijk".Select(letter => $"{letter}")] };
        using (var former = FeatureClassifier.Train(old, options: new TrainingOptions { Encoder = new EncoderOptions { Dimensions = 16 } }))
            former.Save(_folder["model"]);
        int[] rows = [.. Enumerable.Range(0, 400).Where(row => all.Labels.RowColumns(row).Contains(11))];
        var added = all.SelectRows(rows) with { LabelNames = [.. "abcdefghijkl".Select(letter => $"{letter}")] };
        using var updated = FeatureClassifier.Update(_folder["model"], added, old);
        Assert.Equal(added.LabelNames, updated.LabelNames);
        var predictions = updated.Predict(added.Features, top: 3);
        var found = Enumerable.Range(0, added.PointCount).Count(row => predictions.Labels(row).Contains(11)) / (double)added.PointCount;
        Assert.True(found > 0.9, $"{found:P1}");

        Assert.Contains("the same names", Refused(added with { LabelNames = [.. "bacdefghijkl".Select(letter => $"{letter}")] }), StringComparison.Ordinal);
        Assert.Contains("the same names", Refused(old with { LabelNames = [.. "bacdefghijk".Select(letter => $"{letter}")] }), StringComparison.Ordinal);
        Assert.Contains("the same names", Assert.Throws<LightDxmlException>(
            () => FeatureClassifier.Update(_folder["model"], added, old with { LabelNames = [.. "bacdefghijk".Select(letter => $"{letter}")] })).Message, StringComparison.Ordinal);
        Assert.Contains("No new document has a label", Refused(added with { Labels = SmallData.Matrix([.. rows.Select(_ => new SortedSet<int>())], 12) }), StringComparison.Ordinal);
        Assert.Contains("features", Refused(added with { Features = added.Features.WithColumnCount(added.FeatureCount + 1) }), StringComparison.Ordinal);

        string Refused(Dataset set) => Assert.Throws<LightDxmlException>(() => FeatureClassifier.Update(_folder["model"], set)).Message;
    }
}
