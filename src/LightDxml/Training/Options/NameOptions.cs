using LightDxml.Configuration;
using LightDxml.Names;

namespace LightDxml.Training;

/// <summary>By which names labels are looked for in documents.</summary>
public enum LabelNameUse
{
    /// <summary>By those of the labels file, if there is one.</summary>
    Auto,

    /// <summary>By none.</summary>
    None,

    /// <summary>By the labels themselves, as documents write them: tags and codes that are words.</summary>
    Labels,
}

/// <summary>How labels are found in documents by their names.</summary>
public sealed record NameOptions
{
    /// <summary>Names by which labels are looked for: auto takes those of the labels file, labels takes the labels as documents write them, none turns it off.</summary>
    public LabelNameUse Use { get; init; } = LabelNameUse.Auto;

    /// <summary>Endings of words that do not count: none, plural (a final s), prefix (all behind the sixth letter), alike (as prefix, but words that differ there count less than the same); auto takes what of the first three finds most labels of training documents, but alike in place of prefix.</summary>
    public WordEndings Endings { get; init; } = WordEndings.Auto;

    /// <summary>Number of labels that are scored in full because their names are the most similar to the document.</summary>
    public int Candidates { get; init; } = 20;

    /// <summary>The settings <c>names.*</c>.</summary>
    internal static SettingTable<NameOptions> Table { get; } = new SettingTable<NameOptions>()
        .Choice("use", o => o.Use, (o, v) => o with { Use = v },
            "names by which labels are looked for: auto takes those of the labels file, labels takes the labels as documents write them, none turns it off")
        .Choice("endings", o => o.Endings, (o, v) => o with { Endings = v },
            "endings of words that do not count: none, plural (a final s), prefix (all behind the sixth letter), alike (as prefix, but words that differ there count less than the same); auto takes what of the first three finds most labels of training documents, but alike in place of prefix")
        .Whole("candidates", o => o.Candidates, (o, v) => o with { Candidates = v },
            "number of labels that are scored in full because their names are the most similar to the document");

    /// <summary>These settings, once their values have been checked.</summary>
    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public NameOptions Validate()
    {
        Check.Range(Candidates, 0, 1000, "names.candidates");
        return this;
    }
}
