using System.Globalization;

namespace LightDxml.Data.Formats;

/// <summary>What a number says of a label: 0 that a document lacks it, 1 or a greater count or weight that it has it. Others, such as −1 or a probability, say neither.</summary>
internal static class LabelValue
{
    /// <summary>What readers expect.</summary>
    public const string Expected = "expected 1 for a label that the document has, and 0 or nothing for one that it lacks";

    /// <summary>Whether a document has the label; null where the number does not say it.</summary>
    public static bool? IsPresent(float value) => value switch
    {
        0 => false,
        >= 1 and < float.PositiveInfinity => true,
        _ => null,
    };

    /// <summary>Whether a text is a number as files of −1 and 1, or of probabilities, have it.</summary>
    public static bool IsLikeOne(ReadOnlySpan<byte> text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= -1 and <= 1;

    /// <summary>What is wrong with a number that does not say it.</summary>
    public static string Fault(string label, float value) =>
        $"the label {label} has the value {value.ToString(CultureInfo.InvariantCulture)}, {Expected}";
}
