using LightDxml.Configuration;

namespace LightDxml.Training;

/// <summary>How labels are found and scored.</summary>
public sealed record PredictionOptions
{
    internal const int DefaultScanLabels = 8192;

    /// <summary>Weight of the classifier against the similarity of document and label, 0 to 1.</summary>
    public double Beta { get; init; } = 1;

    /// <summary>Number of labels (by dense logit) that are scored in full; 0 = the sparse head's width, or three quarters of it where the dense classifier scores every label.</summary>
    public int Candidates { get; init; }

    /// <summary>Largest label count at which the dense classifier scores every label instead of a shortlist.</summary>
    public int ScanLabels { get; init; } = DefaultScanLabels;

    /// <summary>Exponent p: a label's score is multiplied by (inverse propensity)^p; 0 favours precision, 1 favours rare labels.</summary>
    public double Tail { get; init; }

    /// <summary>The settings <c>prediction.*</c>.</summary>
    internal static SettingTable<PredictionOptions> Table { get; } = new SettingTable<PredictionOptions>()
        .Number("beta", o => o.Beta, (o, v) => o with { Beta = v },
            "weight of the classifier against the similarity of document and label, 0 to 1")
        .Whole("candidates", o => o.Candidates, (o, v) => o with { Candidates = v },
            "number of labels (by dense logit) that are scored in full; 0 = the sparse head's width, or three quarters of it where the dense classifier scores every label")
        .Whole("scanLabels", o => o.ScanLabels, (o, v) => o with { ScanLabels = v },
            "largest label count at which the dense classifier scores every label instead of a shortlist")
        .Number("tail", o => o.Tail, (o, v) => o with { Tail = v },
            "exponent p: a label's score is multiplied by (inverse propensity)^p; 0 favours precision, 1 favours rare labels");

    /// <summary>These settings, once their values have been checked.</summary>
    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public PredictionOptions Validate()
    {
        Check.Range(Candidates, 0, int.MaxValue, "prediction.candidates");
        Check.Range(ScanLabels, 0, int.MaxValue, "prediction.scanLabels");
        Check.Range(Tail, 0, 1, "prediction.tail");
        Check.Range(Beta, 0, 1, "prediction.beta");
        return this;
    }
}
