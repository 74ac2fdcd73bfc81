using LightDxml.Configuration;
using LightDxml.Kernels.Linear;

namespace LightDxml.Baselines.Slice;

/// <summary>Where the dense encodings of points come from.</summary>
internal enum SliceEncoding
{
    /// <summary>LightDXML's encoder, trained with its dense classifier first.</summary>
    Encoder,

    /// <summary>A seeded random projection of the features.</summary>
    Projection,

    /// <summary>The features as they are, for sets whose features are dense and few.</summary>
    Given,
}

/// <summary>Settings of SLICE-style classifiers.</summary>
internal sealed record SliceOptions
{
    [Meaning("dense encodings of points")]
    public SliceEncoding Encoding { get; init; } = SliceEncoding.Encoder;

    [Meaning("dimensions of the encodings; features given as they are keep theirs")]
    public int Dimensions { get; init; } = 300;

    [Meaning("labels nearest to a point by the generative model: those that it is a negative of, and those that are scored in prediction")]
    public int Shortlist { get; init; } = 300;

    [Meaning("C of the classifiers: weight of the loss against the weights' norm")]
    public double Cost { get; init; } = 1;

    [Meaning("the solver stops when the projected gradients of a pass lie within this of each other")]
    public double Tolerance { get; init; } = 0.1;

    [Meaning("passes of the solver at most")]
    public int MaxPasses { get; init; } = 20;

    internal LinearSolverOptions Solver => new(Cost, Tolerance, MaxPasses);

    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public SliceOptions Validate()
    {
        Check.Range(Dimensions, 1, 65_536, "dimensions");
        Check.Range(Shortlist, 1, int.MaxValue, "shortlist");
        Solver.Validate();
        return this;
    }
}
