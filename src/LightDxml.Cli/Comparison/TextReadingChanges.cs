using System.Text.RegularExpressions;
using LightDxml.Cli.Commands;
using LightDxml.Text;
using LightDxml.Training;

namespace LightDxml.Cli.Comparison;

/// <summary>Options and settings by which two comparisons read raw text in different ways, from the words in which <see cref="ComparisonSettings.TextReading"/> keeps them.</summary>
internal static partial class TextReadingChanges
{
    private const string Whole = "how text is read";
    private const string LabelNames = "--label-names";
    private const string Encoder = "files of text.encoder";

    private static readonly Dictionary<string, string> Options = new()
    {
        [nameof(TextReadOptions.Format)] = "--format",
        [nameof(TextReadOptions.Encoding)] = "--encoding",
        [nameof(TextReadOptions.IdField)] = "--id-field",
        [nameof(TextReadOptions.TitleField)] = "--title-field",
        [nameof(TextReadOptions.TextField)] = "--text-field",
        [nameof(TextReadOptions.LabelsField)] = "--labels-field",
        [nameof(TextReadOptions.DocumentsField)] = "--documents-field",
        [nameof(TextReadOptions.LabelSeparator)] = "--label-separator",
        [nameof(TextReadOptions.LabelPrefix)] = "--label-prefix",
        [nameof(TextReadOptions.Delimiter)] = "--delimiter",
        [nameof(TextReadOptions.Quote)] = "--quote",
        [nameof(TextReadOptions.HasHeader)] = "--no-header",
        [nameof(TextReadOptions.SkipBadRows)] = "--skip-bad-rows",
    };

    /// <returns>Names, and what they are here and there; "" where they are not given. One line for all where no option tells the difference.</returns>
    public static IEnumerable<(string Name, string Here, string There)> Of(string? here, string? there)
    {
        if (here == there)
            return [];
        if (here is null || there is null)
            return [(Whole, here is null ? "as features" : "as raw text", there is null ? "as features" : "as raw text")];
        var (one, other) = (Parts(here), Parts(there));
        var changes = one.Keys.Union(other.Keys).Select(name => (Name: name, Here: one.GetValueOrDefault(name), There: other.GetValueOrDefault(name)))
            .Where(change => change.Here is not null && change.There is not null && change.Here != change.There)
            .Select(change => (change.Name, change.Here!, change.There!)).ToList();
        return changes.Count > 0 ? changes : [(Whole, "as by this version", "as by another version")];
    }

    private static Dictionary<string, string> Parts(string reading)
    {
        var parts = new Dictionary<string, string> { [LabelNames] = "", [Encoder] = "" };
        Add(new TrainingOptions().Text.ToString());
        var rest = Add(reading);
        foreach (var piece in rest.Split("; ", StringSplitOptions.RemoveEmptyEntries))
            parts[piece.StartsWith("encoder of ", StringComparison.Ordinal) ? Encoder : LabelNames] = piece;
        return parts;

        string Add(string text) => Record().Replace(text, record =>
        {
            var isReading = record.Groups["type"].Value == nameof(TextReadOptions);
            foreach (var pair in Separator().Split(record.Groups["values"].Value).Select(pair => pair.Split(" = ", 2)).Where(pair => pair.Length == 2))
            {
                if (!isReading)
                    parts[$"text.{char.ToLowerInvariant(pair[0][0])}{pair[0][1..]}"] = pair[1];
                else if (Options.TryGetValue(pair[0], out var option))
                    parts[option] = Said(pair[0], pair[1]);
            }

            return "";
        });
    }

    /// <summary>A value as the command line has it.</summary>
    private static string Said(string property, string value) => property switch
    {
        nameof(TextReadOptions.Format) => TextOptions.FormatNames.FirstOrDefault(format => $"{format.Value}" == value).Key ?? value,
        nameof(TextReadOptions.HasHeader) => value == "False" ? "given" : "",
        nameof(TextReadOptions.SkipBadRows) => value == "True" ? "given" : "",
        _ when value.Length > 0 => $"'{value.Replace("\t", "\\t", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}'",
        _ => "",
    };

    [GeneratedRegex(@"(?<type>TextReadOptions|TextVectorizerOptions) \{ (?<values>.*?) \}(; |$)", RegexOptions.Singleline)]
    private static partial Regex Record();

    [GeneratedRegex(@", (?=[A-Z][A-Za-z]* = )")]
    private static partial Regex Separator();
}
