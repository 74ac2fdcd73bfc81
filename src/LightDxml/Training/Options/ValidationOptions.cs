using LightDxml.Configuration;

namespace LightDxml.Training;

public sealed record ValidationOptions
{
    [Meaning("share of the training points held out for validation when no validation file is given, 0 to 0.5; -1 chooses from their number")]
    public double Share { get; init; } = -1;

    [Meaning("epochs without a better validation P@1 before training stops; 0 never stops early")]
    public int Patience { get; init; }

    [Meaning("up to this many points, once head and weights are chosen, the network is trained anew on all points, those held out among them; 0 never")]
    public int RefitUpTo { get; init; }

    public ValidationOptions Validate()
    {
        Check.Range(RefitUpTo, 0, int.MaxValue, "validation.refitUpTo");
        if (Share != -1)
            Check.Range(Share, 0, 0.5, "validation.share");
        Check.Range(Patience, 0, int.MaxValue, "validation.patience");
        return this;
    }
}
