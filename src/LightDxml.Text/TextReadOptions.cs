using LightDxml.Configuration;
using LightDxml.Text.Reading;

namespace LightDxml.Text;

/// <summary>How raw text files are read. What is null is found out from the file's beginning.</summary>
public sealed partial record TextReadOptions
{
    /// <summary>Format of the file; by default it is recognized from its name and its beginning.</summary>
    public TextFormat Format { get; init; } = TextFormat.Auto;

    /// <summary>Encoding of the file, such as <c>windows-1252</c>; null is UTF-8. A byte-order mark wins.</summary>
    public string? Encoding { get; init; }

    /// <summary>
    /// The field or column that holds the id; null takes the first that is there of the usual names. In JSON a path of names
    /// (<c>meta.subjects</c>) leads into objects, and arrays of them. What is named for one field is never another by its usual name, but that in CSV
    /// the id may be the title or the text, too.
    /// </summary>
    public string? IdField { get; init; }

    /// <summary>As <see cref="IdField"/> for the title, which comes before the text; empty where titles are not read.</summary>
    public string? TitleField { get; init; }

    /// <inheritdoc cref="IdField"/>
    public string? TextField { get; init; }

    /// <summary>
    /// The field or column that holds the labels; null takes the first that is there of the usual names. Several columns of CSV are
    /// <c>a,b,c</c> or <c>a..c</c>; where they hold 0 and 1, or words for them, their names are the labels.
    /// </summary>
    public string? LabelsField { get; init; }

    /// <summary>In JSON the path of the array that holds the documents; null takes the first array of objects near the top.</summary>
    public string? DocumentsField { get; init; }

    /// <summary>Stands between labels that share one string; empty where the whole string is one label. Lists of Python and JSON need none.</summary>
    public string? LabelSeparator { get; init; }

    /// <summary>In fastText what a word begins with that is a label; null is <c>__label__</c>.</summary>
    public string? LabelPrefix { get; init; }

    /// <summary>Stands between the columns of CSV.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Stands around values of CSV that hold delimiters or line ends, and is doubled inside; empty where quotes are text like any other.</summary>
    public string? Quote { get; init; }

    /// <summary>Whether the first line of CSV names the columns. Without it fields are column numbers, from 1.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>Rows that cannot be read are counted and left out; otherwise the first of them is an error.</summary>
    public bool SkipBadRows { get; init; }

    /// <summary>Parsing threads; 0 takes every processor. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public TextReadOptions Validate()
    {
        Check.Range(Threads, 0, int.MaxValue, "threads");

        // To predict, no labels are read; an id may be a title, too.
        RefuseShared([null, TitleField, TextField, ForPrediction ? null : LabelsField]);
        if (LabelSeparator is not (null or "\n") && LabelSeparator.AsSpan().ContainsAny("\"'\n\r"))
            throw new OptionsException("The label separator must be text without quotes, or a line end.");
        if (LabelPrefix is not null && (LabelPrefix.Length == 0 || LabelPrefix.AsSpan().ContainsAny(" \t\n\r")))
            throw new OptionsException("The label prefix must be text without blanks.");
        if (Delimiter is { } delimiter && (delimiter is '"' or '\n' or '\r' || !char.IsAscii(delimiter)))
            throw new OptionsException("The delimiter of columns must be an ASCII character, and no quote or line end.");
        if (Quote is not (null or "" or "\"" or "'"))
            throw new OptionsException($"The quote must be \" or ' or none, but is {Quote}.");
        if (Encoding is not null)
            TextEncodings.Find(Encoding);
        return this;
    }

    /// <summary>What to say where one column or field is named for two.</summary>
    internal static string NamedTwice(string name, DocumentField one, DocumentField other) =>
        $"'{name}' is named as {one.ToString().ToLowerInvariant()} and as {other.ToString().ToLowerInvariant()}, and can be one of them only: see --{one.ToString().ToLowerInvariant()}-field and --{other.ToString().ToLowerInvariant()}-field, here or where the model was trained";

    /// <summary>Of JSON a value has one place.</summary>
    /// <exception cref="OptionsException">The id is named as title or text, too.</exception>
    internal void RefuseIdAsText() => RefuseShared([IdField, TitleField, TextField]);

    /// <param name="fields">[fields] names, null for what may have the name of another.</param>
    private static void RefuseShared(string?[] fields)
    {
        for (var field = 0; field < fields.Length; field++)
        {
            if (!string.IsNullOrEmpty(fields[field]) && Array.FindIndex(fields, name => string.Equals(name, fields[field], StringComparison.OrdinalIgnoreCase)) is var other && other < field)
                throw new OptionsException($"{NamedTwice(fields[field]!, (DocumentField)other, (DocumentField)field)}.");
        }
    }
}
