using LightDxml.Cli.Output;
using LightDxml.Inference;
using LightDxml.Text;

namespace LightDxml.Cli.Tests;

public sealed class PredictionWriterTests
{
    private static readonly LabelNumbers Numbers = new(9, label => label.Row);

    [Fact]
    public void Write_MoreThanOneRankingHolds_IsAnErrorAtTheDocumentThatIsTooMany()
    {
        using var output = new StringWriter();
        var writer = new PredictionWriter("scores", Numbers, output) { MostPlaces = 5 };
        writer.Write(Document(7, 2));
        writer.Write(Document(3));
        Assert.Contains("3 documents × 2 labels", Assert.Throws<LightDxmlException>(() => writer.Write(Document(4))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_FormOfLines_WritesEachLineWithItsDocument()
    {
        using var output = new StringWriter();
        var writer = new PredictionWriter("omikuji", Numbers, output);
        writer.Write(Document(7, 2));
        Assert.Equal("l7 1\tl2 0.5\n", output.ToString());
        writer.Write(Document());
        writer.End();
        Assert.Equal("l7 1\tl2 0.5\n\n", output.ToString());
    }

    [Fact]
    public void Npz_WithoutAFile_IsRefusedAtOnce()
    {
        using var output = new StringWriter();
        Assert.Contains("needs --output", Assert.Throws<LightDxmlException>(() => new PredictionWriter("npz", Numbers, output)).Message, StringComparison.Ordinal);
    }

    private static PredictedDocument Document(params int[] labels) => new(
        new PredictedText(new TextDocument("", "", "", []), [.. labels.Select((label, place) => new ScoredLabel(label, $"l{label}", "", 1f / (place + 1)))], true), null);
}
