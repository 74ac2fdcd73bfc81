using LightDxml.Configuration;

namespace LightDxml.Training;

public sealed record PredictionOptions
{
    [Meaning("weight of the classifier against the shortlist's similarity, 0 to 1")]
    public double Beta { get; init; } = 1;

    [Meaning("labels of highest dense logit that are scored in full; 0 is the sparse head's width, three quarters of it where the dense classifier looks at every label")]
    public int Candidates { get; init; }

    [Meaning("up to this many labels the dense classifier looks at every one instead of a shortlist")]
    public int ScanLabels { get; init; } = 8192;

    [Meaning("head-to-tail dial: scores are multiplied by the inverse propensity to this power, 0 (precision) to 1 (tail)")]
    public double Tail { get; init; }

    public PredictionOptions Validate()
    {
        Check.Range(Candidates, 0, int.MaxValue, "prediction.candidates");
        Check.Range(ScanLabels, 0, int.MaxValue, "prediction.scanLabels");
        Check.Range(Tail, 0, 1, "prediction.tail");
        Check.Range(Beta, 0, 1, "prediction.beta");
        return this;
    }
}
