using LightDxml.Configuration;

namespace LightDxml.Training;

/// <summary>Which training points are held out for choices, and what becomes of them.</summary>
public sealed record ValidationOptions
{
    /// <summary>Share of the training documents held out for validation when no validation file is given, 0 to 0.5, but at least 50 of them, or a tenth where these are fewer, and at most 5,000; -1 = chosen from their number.</summary>
    public double Share { get; init; } = -1;

    /// <summary>Epochs with a lower nDCG@5 on the validation documents than the best before training stops; 0 = never stops early.</summary>
    public int Patience { get; init; }

    /// <summary>Largest number of training documents at which the network is trained again on all of them, held-out documents included, once head and weights are chosen; 0 = never.</summary>
    public int RefitUpTo { get; init; }

    /// <summary>The settings <c>validation.*</c>.</summary>
    internal static SettingTable<ValidationOptions> Table { get; } = new SettingTable<ValidationOptions>()
        .Number("share", o => o.Share, (o, v) => o with { Share = v },
            "share of the training documents held out for validation when no validation file is given, 0 to 0.5, but at least 50 of them, or a tenth where these are fewer, and at most 5,000; -1 = chosen from their number")
        .Whole("patience", o => o.Patience, (o, v) => o with { Patience = v },
            "epochs with a lower nDCG@5 on the validation documents than the best before training stops; 0 = never stops early")
        .Whole("refitUpTo", o => o.RefitUpTo, (o, v) => o with { RefitUpTo = v },
            "largest number of training documents at which the network is trained again on all of them, held-out documents included, once head and weights are chosen; 0 = never");

    /// <summary>These settings, once their values have been checked.</summary>
    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public ValidationOptions Validate()
    {
        Check.Range(RefitUpTo, 0, int.MaxValue, "validation.refitUpTo");
        if (Share != -1)
            Check.Range(Share, 0, 0.5, "validation.share");
        Check.Range(Patience, 0, int.MaxValue, "validation.patience");
        return this;
    }
}
