using LightDxml.Configuration;

namespace LightDxml.Text;

/// <summary>What a model remembers of how its text was read, so that later files are read alike.</summary>
public sealed partial record TextReadOptions
{
    /// <summary>Whether every document also has the labels above its own, as a labels file tells them.</summary>
    internal bool AddAncestors { get; init; }

    /// <summary>The settings that a model keeps. The form of a file, threads and bad rows are each file's own.</summary>
    internal static SettingTable<TextReadOptions> Stored { get; } = new SettingTable<TextReadOptions>()
        .Text("idField", o => o.IdField ?? "", (o, v) => o with { IdField = OrNull(v) }, "field or column of the id")
        .Text("titleField", o => o.TitleField ?? "", (o, v) => o with { TitleField = OrNull(v) }, "field or column of the title")
        .Text("textField", o => o.TextField ?? "", (o, v) => o with { TextField = OrNull(v) }, "field or column of the text")
        .Text("labelsField", o => o.LabelsField ?? "", (o, v) => o with { LabelsField = OrNull(v) }, "field or column of the labels")
        .Text("labelSeparator", o => o.LabelSeparator ?? "", (o, v) => o with { LabelSeparator = OrNull(v) }, "text between labels that share one string")
        .Choice("header", o => OfFlag(o.HasHeader), (o, v) => o with { HasHeader = ToFlag(v) }, "whether the first line names the columns")
        .Flag("addAncestors", o => o.AddAncestors, (o, v) => o with { AddAncestors = v }, "whether labels bring those above them");

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    private static Found OfFlag(bool? flag) => flag switch { null => Found.Auto, true => Found.Yes, false => Found.No };

    private static bool? ToFlag(Found flag) => flag == Found.Auto ? null : flag == Found.Yes;

    private enum Found
    {
        Auto,
        Yes,
        No,
    }
}
