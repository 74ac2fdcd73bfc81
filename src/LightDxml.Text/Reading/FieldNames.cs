using System.Text;
using System.Text.Json;

namespace LightDxml.Text.Reading;

/// <summary>
/// Which fields of a source are id, title, text and labels: those that the options name, else the first that is there of
/// the names that are usual, in any case of letters, and that no option names for another field.
/// </summary>
internal sealed class FieldNames
{
    /// <summary>The number of fields of a document.</summary>
    public const int Count = 4;

    private const int MostLength = 63;
    private const int ShownNames = 10;

    private static readonly string[][] Usual =
    [
        ["id", "uid", "pmid", "doc_id", "docid", "document_id", "paper_id"],
        ["title", "titles", "headline", "titel", "titre", "título", "titolo"],
        ["text", "abstractText", "abstract", "summary", "summaries", "body", "content", "document", "description", "sentence", "comment_text", "inhalt", "beschreibung", "texte", "texto", "testo"],
        ["labels", "terms", "meshMajor", "categories", "tags", "subjects", "label", "target_ind", "topics", "category", "keywords", "classes", "genres", "concepts", "eurovoc_concepts", "subject headings", "subject_headings", "descriptors", "headings", "kategorien", "schlagwörter", "schlagworte", "catégories", "étiquettes", "categorías", "etiquetas", "categorie", "etichette"],
    ];

    private readonly string[][] _names;
    private readonly byte[][][] _utf8;
    private readonly byte[][]?[] _paths;

    // [fields] a bit for each length of a name below 64.
    private readonly ulong[] _lengths;

    public FieldNames(TextReadOptions options)
    {
        var columns = options is { IsUsualLabelsField: true, Format: TextFormat.Json or TextFormat.JsonLines or TextFormat.Parquet, LabelsField: { } labels } && CsvColumns.MayBeSeveral(labels) ? labels : null;
        // What is named as title, text or labels is nothing else by its usual name.
        string?[] chosen = [options.IdField, options.TitleField, options.TextField, columns is null ? options.LabelsField : null];
        _names = [.. chosen.Select((name, field) => name is null ? [.. Usual[field].Where(usual => !chosen.Skip(1).Contains(usual, StringComparer.OrdinalIgnoreCase))] : name.Length == 0 ? Array.Empty<string>() : [name])];
        if (columns is not null)
            _names[(int)DocumentField.Labels] = [columns, .. _names[(int)DocumentField.Labels]];
        _utf8 = [.. _names.Select(names => names.Select(Encoding.UTF8.GetBytes).ToArray())];
        _lengths = [.. _utf8.Select(names => names.Aggregate(0UL, (lengths, name) => lengths | 1UL << Math.Min(name.Length, MostLength)))];
        _paths = [.. chosen.Select(name => name is not null && name.Contains('.', StringComparison.Ordinal) ? name.Split('.').Select(Encoding.UTF8.GetBytes).ToArray() : null)];
        IsChosen = [.. chosen.Select(name => !string.IsNullOrEmpty(name))];
        NeedsLabels = !options.ForPrediction;
        NeedsText = !options.ForLabels;
        HasPaths = _paths.Any(path => path is not null);
        Parted = options.Delimiter is { } delimiter ? $", parted by '{(delimiter == '\t' ? "\\t" : $"{delimiter}")}' as --delimiter says, here or where the model was trained" : "";
    }

    /// <summary>What to say of columns whose delimiter was not found out, but given.</summary>
    public string Parted { get; }

    /// <summary>[fields] whether the options name the field.</summary>
    public bool[] IsChosen { get; }

    /// <summary>Whether a column of labels that the options name must be there.</summary>
    public bool NeedsLabels { get; }

    /// <summary>Whether a document without text and title is a fault.</summary>
    public bool NeedsText { get; }

    /// <summary>Whether any field is named by a path.</summary>
    public bool HasPaths { get; }

    /// <summary>[fields] names, the preferred first.</summary>
    public IReadOnlyList<string> NamesOf(DocumentField field) => _names[(int)field];

    /// <summary>The names of a field's path, or null where it is named by one name.</summary>
    public byte[][]? PathOf(DocumentField field) => _paths[(int)field];

    /// <summary>What to say where a row has neither text nor title.</summary>
    public string NoText => IsChosen[(int)DocumentField.Text]
        ? $"found no field '{NamesOf(DocumentField.Text)[0]}', expected the text there"
        : $"found no text, expected a field {string.Join(", ", NamesOf(DocumentField.Text).Take(ShownNames))}, … or title, or the name of the field as an option, --text-field";

    /// <summary>The place of a JSON property's name among those of a field, −1 where it is none of them.</summary>
    public int RankOf(DocumentField field, ref Utf8JsonReader property)
    {
        var known = _utf8[(int)field];
        if (property.ValueIsEscaped)
        {
            for (var rank = 0; rank < known.Length; rank++)
            {
                if (property.ValueTextEquals(known[rank]))
                    return rank;
            }

            return -1;
        }

        var name = property.ValueSpan;
        if ((_lengths[(int)field] >> Math.Min(name.Length, MostLength) & 1) == 0)
            return -1;
        for (var rank = 0; rank < known.Length; rank++)
        {
            if (known[rank].Length == name.Length && Is(name, known[rank]))
                return rank;
        }

        return -1;
    }

    /// <summary>Whether a JSON property has a name, in any case of ASCII letters.</summary>
    public static bool Is(ref Utf8JsonReader property, byte[] name) => property.ValueIsEscaped
        ? property.ValueTextEquals(name)
        : property.ValueSpan.Length == name.Length && Is(property.ValueSpan, name);

    private static bool Is(ReadOnlySpan<byte> property, byte[] name) => property.SequenceEqual(name) || Ascii.EqualsIgnoreCase(property, name);
}
