using LightDxml.Configuration;

namespace LightDxml.Training;

/// <summary>How a model is stored.</summary>
public sealed record StorageOptions
{
    [Meaning("how parameters are stored: int4 or int8 (with one scale a row; the sparse classifier's weights in int8 either way), or float32")]
    public Precision Precision { get; init; } = Precision.Int4;
}

#pragma warning disable CA1720 // These are the names that users of model files know the number formats by.
/// <summary>The numbers that parameters are stored as.</summary>
public enum Precision
{
    /// <summary>Four bits with one scale a row; the sparse classifier's weights in eight.</summary>
    Int4,

    /// <summary>Signed bytes with one scale a row.</summary>
    Int8,

    /// <summary>Single precision.</summary>
    Float32,
}
#pragma warning restore CA1720
