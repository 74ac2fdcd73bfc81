using LightDxml.Configuration;

namespace LightDxml.Training;

/// <summary>Phase 3: which labels a point is trained on.</summary>
public sealed record NegativeOptions
{
    [Meaning("hard negatives of a point in a step, drawn from its shortlist; 0 takes the whole shortlist")]
    public int Hard { get; init; } = 200;

    [Meaning("share of the shortlist, its nearest labels, that hard negatives are drawn from in the last epoch; from 1 in the first it falls evenly")]
    public double Hardest { get; init; } = 0.5;

    [Meaning("uniform negatives of a step, shared by the points of a batch; -1 chooses from the label count")]
    public int Uniform { get; init; } = -1;

    [Meaning("positives of a point in one step at most")]
    public int MaxPositives { get; init; } = 20;

    public NegativeOptions Validate()
    {
        Check.Range(Hard, 0, int.MaxValue, "negatives.hard");
        Check.Range(Hardest, 0.01, 1, "negatives.hardest");
        Check.Range(Uniform, -1, int.MaxValue, "negatives.uniform");
        Check.Positive(MaxPositives, "negatives.maxPositives");
        return this;
    }
}
