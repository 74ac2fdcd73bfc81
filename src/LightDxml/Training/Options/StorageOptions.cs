using LightDxml.Configuration;

namespace LightDxml.Training;

/// <summary>How a model is stored.</summary>
public sealed record StorageOptions
{
    /// <summary>How parameters are stored: int4, int8 (both with one scale per row; the sparse classifier's weights take int8 in either case), float32.</summary>
    public Precision Precision { get; init; } = Precision.Int4;

    /// <summary>The settings <c>storage.*</c>.</summary>
    internal static SettingTable<StorageOptions> Table { get; } = new SettingTable<StorageOptions>()
        .Choice("precision", o => o.Precision, (o, v) => o with { Precision = v },
            "how parameters are stored: int4, int8 (both with one scale per row; the sparse classifier's weights take int8 in either case), float32");
}

#pragma warning disable CA1720 // These are the names that users of model files know the number formats by.
/// <summary>The numbers that parameters are stored as.</summary>
public enum Precision
{
    /// <summary>Four bits with one scale per row; the sparse classifier's weights in eight.</summary>
    Int4,

    /// <summary>Signed bytes with one scale per row.</summary>
    Int8,

    /// <summary>Single precision.</summary>
    Float32,
}
#pragma warning restore CA1720
