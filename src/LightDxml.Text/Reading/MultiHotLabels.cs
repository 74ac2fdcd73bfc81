using System.Text;
using LightDxml.Data.Formats;

namespace LightDxml.Text.Reading;

/// <summary>Labels as lists of 0 and 1, a place for each label (multi-hot): <c>[0, 1, 1, 0]</c> are the labels 1 and 2.</summary>
internal static class MultiHotLabels
{
    /// <summary>Places that two documents of two labels could have by chance.</summary>
    private const int LeastPlaces = 3;

    public static string Note(int places) =>
        $"Labels are lists of {places} numbers 0 and 1, a place for each label; labels are called by their places, '0' to '{places - 1}'.";

    /// <returns>
    /// The places, if all lists are of 0 and 1 and as many; else 0. Such a list names a label twice, which no other does. So are lists of −1 and 1, or of
    /// probabilities, whose rows are then refused.
    /// </returns>
    public static int PlacesOf(IReadOnlyCollection<IReadOnlyList<string>> lists) =>
        lists.Count > 0 && lists.First().Count is >= LeastPlaces and var places && lists.All(list => list.Count == places && list.All(value => LabelValue.IsLikeOne(Encoding.UTF8.GetBytes(value))))
            ? places
            : 0;

    /// <summary>Puts the places of the open document's ones in place of its list.</summary>
    /// <returns>What is wrong with the list, or null.</returns>
    public static string? Name(int places, DocumentBatch batch)
    {
        var count = batch.OpenLabelCount;
        if (count == 0)
            return null;
        if (count != places)
            return $"found a list of {count} labels, expected {places} numbers 0 and 1 as in the first documents";
        Span<bool> has = new bool[places];
        for (var place = 0; place < places; place++)
        {
            var value = batch.OpenLabel(place);
            if (!IsZeroOrOne(value))
                return $"found the label '{Encoding.UTF8.GetString(value)}' in a list of a number for each label, {LabelValue.Expected}";
            has[place] = value[0] == '1';
        }

        batch.ClearLabels();
        for (var place = 0; place < places; place++)
        {
            if (has[place])
                batch.AddLabel(place.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return null;
    }

    /// <summary>0 and 1, also with a point and a zero behind it.</summary>
    private static bool IsZeroOrOne(ReadOnlySpan<byte> value) =>
        value is [(byte)'0' or (byte)'1', .. var rest] && (rest.IsEmpty || rest.SequenceEqual("."u8) || rest.SequenceEqual(".0"u8));
}
