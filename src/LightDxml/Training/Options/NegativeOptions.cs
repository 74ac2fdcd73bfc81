using LightDxml.Configuration;

namespace LightDxml.Training;

/// <summary>Phase 3: which labels a document is trained on.</summary>
public sealed record NegativeOptions
{
    /// <summary>Hard negatives per document and step, drawn from the document's shortlist; 0 = the whole shortlist, -1 = chosen from the length of documents.</summary>
    public int Hard { get; init; } = -1;

    /// <summary>Share of the shortlist (its nearest labels) that hard negatives are drawn from in the last epoch; the share falls evenly from 1 in the first epoch.</summary>
    public double Hardest { get; init; } = 0.5;

    /// <summary>Uniform negatives per step, shared by the documents of a batch; -1 = chosen from the label count and the length of documents.</summary>
    public int Uniform { get; init; } = -1;

    /// <summary>Most positives per document and step.</summary>
    public int MaxPositives { get; init; } = 20;

    /// <summary>The settings <c>negatives.*</c>.</summary>
    internal static SettingTable<NegativeOptions> Table { get; } = new SettingTable<NegativeOptions>()
        .Whole("hard", o => o.Hard, (o, v) => o with { Hard = v },
            "hard negatives per document and step, drawn from the document's shortlist; 0 = the whole shortlist, -1 = chosen from the length of documents")
        .Number("hardest", o => o.Hardest, (o, v) => o with { Hardest = v },
            "share of the shortlist (its nearest labels) that hard negatives are drawn from in the last epoch; the share falls evenly from 1 in the first epoch")
        .Whole("uniform", o => o.Uniform, (o, v) => o with { Uniform = v },
            "uniform negatives per step, shared by the documents of a batch; -1 = chosen from the label count and the length of documents")
        .Whole("maxPositives", o => o.MaxPositives, (o, v) => o with { MaxPositives = v },
            "most positives per document and step");

    /// <summary>These settings, once their values have been checked.</summary>
    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public NegativeOptions Validate()
    {
        Check.Range(Hard, -1, int.MaxValue, "negatives.hard");
        Check.Range(Hardest, 0.01, 1, "negatives.hardest");
        Check.Range(Uniform, -1, int.MaxValue, "negatives.uniform");
        Check.Positive(MaxPositives, "negatives.maxPositives");
        return this;
    }
}
