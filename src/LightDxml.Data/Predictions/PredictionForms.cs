using System.Globalization;
using LightDxml.Data.Formats;
using LightDxml.Data.Numpy;

namespace LightDxml.Data.Predictions;

/// <summary>Writes rankings in the forms of other tools, all of which <see cref="PredictionReader"/> reads again.</summary>
internal static class PredictionForms
{
    /// <summary>What labels of fastText begin with.</summary>
    public const string FastTextPrefix = "__label__";

    public const string Scores = "scores", Npz = "npz", Omikuji = "omikuji", NapkinXc = "napkinxc", FastText = "fasttext";

    public static IReadOnlyList<string> All { get; } = [Scores, Npz, Omikuji, NapkinXc, FastText];

    /// <param name="nameOf">What a label row is called; npz and scores have numbers alone and do not ask.</param>
    /// <exception cref="LightDxmlException">A label has a blank in its name, which the form cannot hold.</exception>
    public static void Write(RankedLabels predictions, string form, Func<int, string> nameOf, Stream stream)
    {
        switch (form)
        {
            case Scores:
                RankedLabelsWriter.Write(predictions, stream);
                break;
            case Npz:
                NpzWriter.Write(predictions, stream);
                break;
            default:
                WriteLines(predictions, form, nameOf, stream);
                break;
        }
    }

    /// <summary>fastText has no blanks in its labels.</summary>
    public static string FastTextName(string name) => name.Replace(' ', '_');

    /// <param name="names">Of all labels of a model, each once.</param>
    /// <exception cref="LightDxmlException">Two labels would be written alike.</exception>
    public static void CheckFastTextNames(IEnumerable<string> names)
    {
        if (names.GroupBy(FastTextName, StringComparer.Ordinal).FirstOrDefault(group => group.Distinct(StringComparer.Ordinal).Count() > 1) is { } same)
            throw new LightDxmlException($"The labels '{same.First()}' and '{same.First(name => name != same.First())}' are one in the format of fastText, which has no blanks; take JSON Lines or CSV.");
    }

    /// <summary>Writes one label of a document's line, in a form of which each line stands for itself.</summary>
    /// <param name="isFirst">Of its line.</param>
    /// <exception cref="LightDxmlException">The label has a blank in its name, which the form cannot hold.</exception>
    public static void WriteLabel(TextWriter writer, string form, bool isFirst, string name, float score)
    {
        var (prefix, beforeScore, between) = form switch
        {
            Omikuji => ("", ' ', '\t'),
            NapkinXc => ("", ':', ' '),
            FastText => (FastTextPrefix, ' ', ' '),
            _ => throw new ArgumentException($"There is no format '{form}'.", nameof(form)),
        };
        if (form == FastText)
            name = FastTextName(name);
        if (name.AsSpan().ContainsAny(" \t\r\n"))
            throw new LightDxmlException($"The label '{name}' has a blank in it, which this format of predictions cannot hold; take JSON Lines or CSV.");
        if (!isFirst)
            writer.Write(between);
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"{prefix}{name}{beforeScore}{score}"));
    }

    private static void WriteLines(RankedLabels predictions, string form, Func<int, string> nameOf, Stream stream)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        for (var point = 0; point < predictions.PointCount; point++)
        {
            for (var place = 0; place < predictions.RankedCount(point); place++)
                WriteLabel(writer, form, place == 0, nameOf(predictions.Labels(point)[place]), predictions.Scores(point)[place]);
            writer.Write('\n');
        }
    }
}
