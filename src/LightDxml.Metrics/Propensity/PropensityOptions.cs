using LightDxml.Configuration;

namespace LightDxml.Metrics;

/// <summary>
/// Constants of the propensity model of Jain, Prabhu and Varma (KDD 2016), which says how likely a relevant label is to
/// have been assigned, given how often it was.
/// </summary>
/// <param name="A">Exponent: how steeply propensity grows with a label's frequency.</param>
/// <param name="B">Added to every label's frequency.</param>
public sealed record PropensityOptions(double A = 0.55, double B = 1.5)
{
    /// <summary>A 0.55, B 1.5: the XML repository's setting for all but the sets below.</summary>
    public static PropensityOptions Standard { get; } = new();

    /// <summary>A 0.5, B 0.4: Wikipedia-style sets.</summary>
    public static PropensityOptions Wikipedia { get; } = new(0.5, 0.4);

    /// <summary>A 0.6, B 2.6: Amazon sets.</summary>
    public static PropensityOptions Amazon { get; } = new(0.6, 2.6);

    /// <summary>The setting called <c>standard</c>, <c>wikipedia</c> or <c>amazon</c>.</summary>
    /// <exception cref="OptionsException">There is no setting of that name.</exception>
    public static PropensityOptions Named(string name) => name switch
    {
        "standard" => Standard,
        "wikipedia" => Wikipedia,
        "amazon" => Amazon,
        _ => throw new OptionsException($"propensity setting must be one of standard, wikipedia, amazon, but is '{name}'."),
    };

    /// <exception cref="OptionsException">A or B is out of its range.</exception>
    public PropensityOptions Validate()
    {
        Check.Range(A, 0, 10, "propensity.a");
        // At B = 0 a label never seen in training would weigh infinitely much.
        Check.Positive(B, "propensity.b");
        return this;
    }
}
