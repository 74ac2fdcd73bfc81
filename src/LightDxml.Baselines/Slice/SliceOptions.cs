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
    /// <summary>Where the dense encodings of documents come from.</summary>
    public SliceEncoding Encoding { get; init; } = SliceEncoding.Encoder;

    /// <summary>Dimensions of the encodings; with encoding=given those of the features.</summary>
    public int Dimensions { get; init; } = 300;

    /// <summary>Labels nearest to a document by the generative model: the document is a negative of these in training, and these are scored in prediction.</summary>
    public int Shortlist { get; init; } = 300;

    /// <summary>C of the classifiers: weight of the loss against the weights' norm.</summary>
    public double Cost { get; init; } = 1;

    /// <summary>The solver stops when the projected gradients of a pass lie within this of each other.</summary>
    public double Tolerance { get; init; } = 0.1;

    /// <summary>Most passes of the solver.</summary>
    public int MaxPasses { get; init; } = 20;

    /// <summary>The settings by name.</summary>
    internal static SettingTable<SliceOptions> Table { get; } = new SettingTable<SliceOptions>()
        .Choice("encoding", o => o.Encoding, (o, v) => o with { Encoding = v },
            "where the dense encodings of documents come from")
        .Whole("dimensions", o => o.Dimensions, (o, v) => o with { Dimensions = v },
            "dimensions of the encodings; with encoding=given those of the features")
        .Whole("shortlist", o => o.Shortlist, (o, v) => o with { Shortlist = v },
            "labels nearest to a document by the generative model: the document is a negative of these in training, and these are scored in prediction")
        .Number("cost", o => o.Cost, (o, v) => o with { Cost = v },
            "C of the classifiers: weight of the loss against the weights' norm")
        .Number("tolerance", o => o.Tolerance, (o, v) => o with { Tolerance = v },
            "the solver stops when the projected gradients of a pass lie within this of each other")
        .Whole("maxPasses", o => o.MaxPasses, (o, v) => o with { MaxPasses = v },
            "most passes of the solver");

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
