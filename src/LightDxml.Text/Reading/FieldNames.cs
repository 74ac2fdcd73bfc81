using System.Text;

namespace LightDxml.Text.Reading;

/// <summary>
/// Which fields of a source are id, title, text and labels: those that the options name, else the first that is there of
/// the names that are usual.
/// </summary>
internal sealed class FieldNames
{
    /// <summary>The number of fields of a document.</summary>
    public const int Count = 4;

    private static readonly string[][] Usual =
    [
        ["id", "pmid", "doc_id", "paper_id"],
        ["title", "titles"],
        ["text", "abstractText", "abstract", "summary", "summaries", "body", "content"],
        ["labels", "terms", "meshMajor", "categories", "tags", "subjects", "label"],
    ];

    private readonly string[][] _names;
    private readonly byte[][][] _utf8;

    public FieldNames(TextReadOptions options)
    {
        string?[] chosen = [options.IdField, options.TitleField, options.TextField, options.LabelsField];
        _names = [.. chosen.Select((name, field) => name is null ? Usual[field] : [name])];
        _utf8 = [.. _names.Select(names => names.Select(Encoding.UTF8.GetBytes).ToArray())];
        IsChosen = [.. chosen.Select(name => name is not null)];
    }

    /// <summary>[fields] whether the options name the field.</summary>
    public bool[] IsChosen { get; }

    /// <summary>[fields] names, the preferred first.</summary>
    public IReadOnlyList<string> NamesOf(DocumentField field) => _names[(int)field];

    /// <inheritdoc cref="NamesOf"/>
    public byte[][] Utf8NamesOf(DocumentField field) => _utf8[(int)field];

    /// <summary>What to say where a row has neither text nor title.</summary>
    public string NoText => IsChosen[(int)DocumentField.Text]
        ? $"found no field '{NamesOf(DocumentField.Text)[0]}', expected the text there"
        : $"found no text, expected a field {string.Join(", ", NamesOf(DocumentField.Text))} or title, or the name of the field as an option";
}
