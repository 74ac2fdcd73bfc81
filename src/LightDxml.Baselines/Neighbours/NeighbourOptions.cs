using LightDxml.Configuration;

namespace LightDxml.Baselines.Neighbours;

/// <summary>Settings of nearest neighbours.</summary>
public sealed record NeighbourOptions
{
    [Meaning("training points whose labels are counted")]
    public int Neighbours { get; init; } = 20;

    [Meaning("power of the cosine with which a neighbour counts")]
    public double Power { get; init; } = 2;

    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public NeighbourOptions Validate()
    {
        Check.Range(Neighbours, 1, int.MaxValue, "neighbours");
        Check.Range(Power, 0, 100, "power");
        return this;
    }
}
