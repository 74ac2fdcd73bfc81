using LightDxml.Configuration;

namespace LightDxml.Metrics;

/// <summary>A partition of the labels into named groups: by depth in a hierarchy, by frequency, or by anything else.</summary>
public sealed class LabelGroups
{
    /// <param name="names">One for each group.</param>
    /// <param name="groupOf">[labels] the index into <paramref name="names"/> of each label row's group.</param>
    /// <exception cref="OptionsException">A label's group has no name.</exception>
    public LabelGroups(IReadOnlyList<string> names, int[] groupOf)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(groupOf);
        for (var label = 0; label < groupOf.Length; label++)
            Check.Range(groupOf[label], 0, names.Count - 1, $"the group of label {label}");
        Names = names;
        Rows = groupOf;
    }

    /// <summary>[groups] the name of each group.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of labels in all groups.</summary>
    public int LabelCount => Rows.Length;

    /// <summary>[labels] the group of each label row.</summary>
    internal int[] Rows { get; }

    /// <summary>The index into <see cref="Names"/> of a label row's group.</summary>
    public int GroupOf(int label) => Rows[label];

    /// <summary>The frequency bins as groups, the last of labels never seen in training; named by frequency range.</summary>
    public static LabelGroups Of(FrequencyBins bins)
    {
        ArgumentNullException.ThrowIfNull(bins);
        return new LabelGroups([.. bins.Bins.Select(bin => $"{bin.LeastFrequency}-{bin.GreatestFrequency}")], bins.Rows);
    }
}
