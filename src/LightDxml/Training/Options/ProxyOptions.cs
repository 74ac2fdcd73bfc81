using LightDxml.Configuration;

namespace LightDxml.Training;

/// <summary>Phase 1: training of the label embeddings.</summary>
public sealed record ProxyOptions
{
    /// <summary>Passes over the (label, document) pairs at each refresh; 0 = label centroids serve as embeddings.</summary>
    public int Passes { get; init; } = 3;

    /// <summary>Learning rate of the two linear maps.</summary>
    public double Rate { get; init; } = 0.002;

    /// <summary>Units between the two linear maps.</summary>
    public int Hidden { get; init; } = 600;

    /// <summary>Labels per step.</summary>
    public int BatchLabels { get; init; } = 256;

    /// <summary>The settings <c>proxy.*</c>.</summary>
    internal static SettingTable<ProxyOptions> Table { get; } = new SettingTable<ProxyOptions>()
        .Whole("passes", o => o.Passes, (o, v) => o with { Passes = v },
            "passes over the (label, document) pairs at each refresh; 0 = label centroids serve as embeddings")
        .Number("rate", o => o.Rate, (o, v) => o with { Rate = v },
            "learning rate of the two linear maps")
        .Whole("hidden", o => o.Hidden, (o, v) => o with { Hidden = v },
            "units between the two linear maps")
        .Whole("batchLabels", o => o.BatchLabels, (o, v) => o with { BatchLabels = v },
            "labels per step");

    /// <summary>These settings, once their values have been checked.</summary>
    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public ProxyOptions Validate()
    {
        Check.Range(Passes, 0, 1000, "proxy.passes");
        Check.Positive(Rate, "proxy.rate");
        Check.Positive(Hidden, "proxy.hidden");
        Check.Positive(BatchLabels, "proxy.batchLabels");
        return this;
    }
}
