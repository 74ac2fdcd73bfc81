using System.Globalization;
using System.Numerics;

namespace LightDxml.Text;

/// <summary>The order of labels, one for every number of threads and every order of the documents: that of their text, and of numbers where all labels are numbers.</summary>
internal static class LabelOrder
{
    public static IReadOnlyList<string> Of(IEnumerable<string> ids)
    {
        string[] ordinal = [.. ids.Order(StringComparer.Ordinal)];
        return AreNumbers(ordinal) ? [.. ordinal.OrderBy(id => BigInteger.Parse(id, NumberStyles.None, CultureInfo.InvariantCulture))] : ordinal;
    }

    /// <summary>What a user should know of the order of labels.</summary>
    public static IEnumerable<string> Notes(IReadOnlyList<string> ids)
    {
        if (ids.Count > 1 && AreNumbers(ids))
            yield return $"All label names are numbers, so labels are in the order of numbers: {ids[0]} is label 0 of files of features and predictions, {ids[^1]} label {ids.Count - 1}.";
    }

    private static bool AreNumbers(IReadOnlyList<string> ids) => ids.All(id => id.Length is > 0 and <= 40 && !id.AsSpan().ContainsAnyExceptInRange('0', '9'));
}
