using LightDxml.Configuration;

namespace LightDxml.Text;

/// <summary>What a model remembers of how its text was read, so that later files are read alike.</summary>
public sealed partial record TextReadOptions
{
    private const string None = "none";

    /// <summary>Whether every document also has the labels above its own, as a labels file tells them.</summary>
    internal bool AddAncestors { get; init; }

    /// <summary>The languages whose names a vocabulary gave in training, with commas between; null where every language counts.</summary>
    internal string? NameLanguages { get; init; }

    /// <summary>The encoding of a model's training file: that of a later file which is not UTF-8 and has no encoding of its own.</summary>
    internal string? UsualEncoding { get; init; }

    /// <summary>The format of a model's training file, where it is one that names and first bytes may not tell.</summary>
    internal TextFormat? UsualFormat { get; init; }

    /// <summary>Whether the label separator is that of another file, which one of a form with a separator of its own does not take.</summary>
    internal bool IsUsualSeparator { get; init; }

    /// <summary>Whether the field of labels is that of another file, and may be several columns, which only delimited text has: a file of another form has its labels where they usually are.</summary>
    internal bool IsUsualLabelsField { get; init; }

    /// <summary>
    /// Whether the file is to be predicted: its labels are not needed, and if its format cannot be told it is a document a line, unless it
    /// is one of features.
    /// </summary>
    internal bool ForPrediction { get; init; }

    /// <summary>Whether labels alone are wanted of the file, which may then have no text.</summary>
    internal bool ForLabels { get; init; }

    /// <summary>Of several columns of labels those whose cells hold labels: empty where the cells of all say that a row has the label or has it not, null where that is not known.</summary>
    internal string? ListColumns { get; init; }

    /// <summary>Where labels are lists of 0 and 1, their places; else 0.</summary>
    internal int MultiHotPlaces { get; init; }

    /// <summary>Whether the beginning is read to find out how to read the rest: then readers note what they do not read.</summary>
    internal bool IsSample { get; init; }

    /// <summary>Whether labels are found out already.</summary>
    internal bool IsFoundOut { get; init; }

    /// <summary>These options, with labels read as others read them.</summary>
    internal TextReadOptions WithLabelsOf(TextReadOptions other) =>
        this with
        {
            LabelsField = other.LabelsField,
            IsUsualLabelsField = true,
            ListColumns = other.ListColumns,
            LabelSeparator = other.LabelSeparator,
            IsUsualSeparator = other.IsUsualSeparator,
            MultiHotPlaces = other.MultiHotPlaces,
        };

    /// <summary>The settings that a model keeps. Threads and bad rows are each run's own.</summary>
    internal static SettingTable<TextReadOptions> Stored { get; } = new SettingTable<TextReadOptions>()
        .Choice("format", o => o.UsualFormat ?? o.Format, (o, v) => o with { UsualFormat = v is TextFormat.FastText or TextFormat.TabSeparated ? v : null }, "format of files that do not tell theirs")
        .Text("encoding", o => o.Encoding ?? o.UsualEncoding ?? "", (o, v) => o with { UsualEncoding = OrNull(v) }, "encoding of files that are not UTF-8")
        .Text("idField", o => o.IdField ?? "", (o, v) => o with { IdField = OrNull(v) }, "field or column of the id")
        .Text("titleField", o => OrNone(o.TitleField), (o, v) => o with { TitleField = OfNone(v) }, "field or column of the title")
        .Text("textField", o => o.TextField ?? "", (o, v) => o with { TextField = OrNull(v) }, "field or column of the text")
        .Text("labelsField", o => o.LabelsField ?? "", (o, v) => o with { LabelsField = OrNull(v), IsUsualLabelsField = true }, "field or columns of the labels")
        .Text("listColumns", o => OrNone(o.ListColumns), (o, v) => o with { ListColumns = OfNone(v) }, "columns of labels whose cells hold labels")
        .Text("documentsField", o => o.DocumentsField ?? "", (o, v) => o with { DocumentsField = OrNull(v) }, "path of a JSON array of documents")
        .Text("labelSeparator", o => OrNone(o.LabelSeparator), (o, v) => o with { LabelSeparator = OfNone(v), IsUsualSeparator = o.UsualFormat != TextFormat.TabSeparated }, "text between labels that share one string")
        .Whole("multiHotPlaces", o => o.MultiHotPlaces, (o, v) => o with { MultiHotPlaces = v }, "places of labels that are lists of 0 and 1")
        .Text("labelPrefix", o => o.LabelPrefix ?? "", (o, v) => o with { LabelPrefix = OrNull(v) }, "what labels of fastText begin with")
        .Text("delimiter", o => $"{o.Delimiter}", (o, v) => o with { Delimiter = v.Length == 0 ? null : v[0] }, "character between columns")
        .Text("quote", o => OrNone(o.Quote), (o, v) => o with { Quote = OfNone(v) }, "character around values")
        .Choice("header", o => OfFlag(o.HasHeader), (o, v) => o with { HasHeader = ToFlag(v) }, "whether the first line names the columns")
        .Flag("addAncestors", o => o.AddAncestors, (o, v) => o with { AddAncestors = v }, "whether labels bring those above them")
        .Text("nameLanguages", o => o.NameLanguages ?? "", (o, v) => o with { NameLanguages = OrNull(v) }, "languages of names in a vocabulary");

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    // What is null is written as nothing, and nothing as a word.
    private static string OrNone(string? text) => text is "" ? None : text ?? "";

    private static string? OfNone(string text) => text == None ? "" : OrNull(text);

    private static Found OfFlag(bool? flag) => flag switch { null => Found.Auto, true => Found.Yes, false => Found.No };

    private static bool? ToFlag(Found flag) => flag == Found.Auto ? null : flag == Found.Yes;

    private enum Found
    {
        Auto,
        Yes,
        No,
    }
}
