using LightDxml.TestKit;
using LightDxml.Text;
using LightDxml.Training;

namespace LightDxml.Tests.Door;

/// <summary>What callers leave null is an argument exception that says what it is, and of which document.</summary>
public sealed class NullInputTests : IDisposable
{
    private static readonly (TextDocument? Document, string Fault)[] FaultyDocuments =
    [
        (null, "Document 1, counted from 0, is null."),
        (new TextDocument("", "", null!, []), "null as text"),
        (new TextDocument("", null!, "a", []), "null as title"),
        (new TextDocument(null!, "", "a", []), "null as id"),
        (new TextDocument("", "", "a", null!), "null as labels"),
        (new TextDocument("", "", "a", ["x", null!]), "a label that is null"),
    ];

    private static readonly (TrainingOptions Options, string Group)[] FaultyOptions =
    [
        (new TrainingOptions { Encoder = null! }, "Encoder"),
        (new TrainingOptions { Sparse = null! }, "Sparse"),
        (new TrainingOptions { Proxy = null! }, "Proxy"),
        (new TrainingOptions { Shortlist = null! }, "Shortlist"),
        (new TrainingOptions { Negatives = null! }, "Negatives"),
        (new TrainingOptions { Schedule = null! }, "Schedule"),
        (new TrainingOptions { Prediction = null! }, "Prediction"),
        (new TrainingOptions { Validation = null! }, "Validation"),
        (new TrainingOptions { Engine = null! }, "Engine"),
        (new TrainingOptions { Storage = null! }, "Storage"),
        (new TrainingOptions { Names = null! }, "Names"),
        (new TrainingOptions { Text = null! }, "Text"),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Documents_WithNull_AreNamedByNumber()
    {
        TextDocument[] sound = [new("", "", "a b", ["x"])];
        using var classifier = TextClassifier.Train(Tickets.Create(60), Tickets.Quick, threads: 1);
        classifier.Save(_folder["model"]);
        foreach (var (document, fault) in FaultyDocuments)
        {
            TextDocument[] faulty = [.. sound, document!];
            AssertFault("documents", fault, () => TextClassifier.Train(faulty));
            AssertFault("validation", fault, () => TextClassifier.Train(Tickets.Create(60).Select(ticket => new TextDocument("", "", ticket.Text, ticket.Labels)), Tickets.Quick, validation: faulty));
            AssertFault("documents", fault, () => TextClassifier.Update(_folder["model"], faulty));
            AssertFault("previous", fault, () => TextClassifier.Update(_folder["model"], sound, faulty));
            AssertFault("documents", fault, () => classifier.Evaluate(faulty));
        }
    }

    [Fact]
    public void Pairs_WithNull_AreNamedByNumber()
    {
        using (var classifier = TextClassifier.Train(Tickets.Create(60), Tickets.Quick, threads: 1))
            classifier.Save(_folder["model"]);
        (string, string[])[] sound = [("a b", ["x"])];
        (string, string[])[] withoutLabels = [.. sound, ("a b", null!)];
        (string, string[])[] withoutText = [.. sound, (null!, ["x"])];

        AssertFault("documents", "null as labels", () => TextClassifier.Train(withoutLabels));
        AssertFault("documents", "null as text", () => TextClassifier.Train(withoutText));
        AssertFault("documents", "null as labels", () => TextClassifier.Update(_folder["model"], withoutLabels));
        AssertFault("previous", "null as labels", () => TextClassifier.Update(_folder["model"], sound, withoutLabels));
    }

    [Fact]
    public void Options_WithoutAGroup_NameIt()
    {
        foreach (var (options, group) in FaultyOptions)
        {
            Assert.Throws<ArgumentNullException>(group, () => FeatureClassifier.Train(SmallData.Learnable(20, 3, seed: 1), options: options));
            Assert.Throws<ArgumentNullException>(group, () => TextClassifier.Train(Tickets.Create(20), options));
        }
    }

    [Fact]
    public void Save_WithoutAPath_NamesIt()
    {
        using var texts = TextClassifier.Train(Tickets.Create(60), Tickets.Quick, threads: 1);
        using var features = FeatureClassifier.Train(SmallData.Learnable(60, 4, seed: 1), options: new TrainingOptions { Encoder = new EncoderOptions { Dimensions = 8 } }, threads: 1);
        foreach (var save in new Action<string>[] { texts.Save, features.Save })
        {
            Assert.Throws<ArgumentNullException>("path", () => save(null!));
            Assert.Throws<ArgumentException>("path", () => save(""));
        }
    }

    [Fact]
    public void Labels_CannotBeChanged()
    {
        using var classifier = TextClassifier.Train(Tickets.Create(60), Tickets.Quick, threads: 1);

        Assert.IsNotType<string[]>(classifier.Labels);
        Assert.Throws<NotSupportedException>(() => ((IList<string>)classifier.Labels)[0] = "changed");
        Assert.DoesNotContain("changed", classifier.Labels);
    }

    private static void AssertFault(string parameter, string fault, Func<object> work)
    {
        var error = Assert.ThrowsAny<ArgumentException>(work);
        Assert.Equal(parameter, error.ParamName);
        Assert.Contains("Document 1,", error.Message, StringComparison.Ordinal);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }
}
