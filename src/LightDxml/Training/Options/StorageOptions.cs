using LightDxml.Configuration;
using LightDxml.Models;

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
