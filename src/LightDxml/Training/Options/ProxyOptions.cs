using LightDxml.Configuration;

namespace LightDxml.Training;

/// <summary>Phase 1: training of the label embeddings.</summary>
public sealed record ProxyOptions
{
    [Meaning("passes over the (label, point) pairs at each refresh; 0 takes the label centroids as embeddings")]
    public int Passes { get; init; } = 3;

    [Meaning("learning rate of the two linear maps")]
    public double Rate { get; init; } = 0.002;

    [Meaning("width between the two linear maps")]
    public int Hidden { get; init; } = 600;

    [Meaning("labels a step")]
    public int BatchLabels { get; init; } = 256;

    public ProxyOptions Validate()
    {
        Check.Range(Passes, 0, 1000, "proxy.passes");
        Check.Positive(Rate, "proxy.rate");
        Check.Positive(Hidden, "proxy.hidden");
        Check.Positive(BatchLabels, "proxy.batchLabels");
        return this;
    }
}
