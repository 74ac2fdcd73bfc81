using LightDxml.Configuration;

namespace LightDxml.Metrics;

/// <summary>How much to resample.</summary>
/// <param name="Replicates">Resamples; the ends of an interval are quantiles of so many values.</param>
/// <param name="Confidence">Share of the replicates that an interval holds.</param>
/// <param name="Seed">The same seed gives the same intervals, with any number of threads.</param>
/// <param name="Threads">Threads at most; 0 is one for each processor.</param>
public sealed record BootstrapOptions(int Replicates = 1000, double Confidence = 0.95, int Seed = 1, int Threads = 0)
{
    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public BootstrapOptions Validate()
    {
        Check.Range(Replicates, 10, int.MaxValue, "bootstrap.replicates");
        Check.Range(Confidence, 0.5, 0.9999, "bootstrap.confidence");
        Check.Range(Threads, 0, int.MaxValue, "bootstrap.threads");
        return this;
    }
}
