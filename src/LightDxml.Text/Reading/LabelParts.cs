using System.Buffers;

namespace LightDxml.Text.Reading;

/// <summary>What a separator makes of the strings that have it.</summary>
internal sealed class LabelParts
{
    private static readonly SearchValues<char> OfCodes = SearchValues.Create("0123456789.:/_-#");

    private readonly Dictionary<string, int>.KeyCollection _parts = new([]);

    /// <param name="known">Labels that are known beside those strings that have no separator, or null.</param>
    public LabelParts(IReadOnlyCollection<string> strings, string separator, IReadOnlySet<string>? known = null)
    {
        var occurrences = 0;
        var split = new List<string[]>();
        var seen = new HashSet<string>();
        foreach (var text in strings)
        {
            if (!text.Contains(separator, StringComparison.Ordinal) || text.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is not { Length: > 1 } parts)
                continue;
            occurrences++;
            Example ??= text;
            if (seen.Add(text))
                split.Add(parts);
        }

        if (Example is null)
            return;
        var whole = strings.ToHashSet();
        whole.UnionWith(known ?? new HashSet<string>());
        // A part is shared if it stands beside different neighbours, or alone.
        var places = split.SelectMany(parts => parts.Distinct()).CountBy(part => part).ToDictionary();
        _parts = places.Keys;
        MeanCount = split.Average(parts => parts.Length);
        Recurrence = (double)occurrences / split.Count;
        SharedShare = Share(part => places[part] > 1 || whole.Contains(part));
        WholeShare = Share(whole.Contains);
        ArePairs = split.TrueForAll(parts => parts.Length == 2);
        AreSpaced = seen.All(text => !text.Replace($"{separator} ", "", StringComparison.Ordinal).Contains(separator, StringComparison.Ordinal));
        ChangePlaces = split.Select(parts => parts[0]).ToHashSet().Overlaps(split.SelectMany(parts => parts.Skip(1)));
    }

    /// <summary>A string that the separator splits, or null.</summary>
    public string? Example { get; }

    /// <summary>Parts of a string.</summary>
    public double MeanCount { get; }

    /// <summary>How often a string that is split comes back as a whole.</summary>
    public double Recurrence { get; }

    /// <summary>Of the different parts those that are in several strings.</summary>
    public double SharedShare { get; }

    /// <summary>Of the different parts those that are a string of their own somewhere.</summary>
    public double WholeShare { get; }

    /// <summary>Whether every string has just two parts.</summary>
    public bool ArePairs { get; }

    /// <summary>Whether a blank follows every separator, as in written text.</summary>
    public bool AreSpaced { get; }

    /// <summary>Whether a part stands first somewhere and later elsewhere.</summary>
    public bool ChangePlaces { get; }

    /// <summary>Whether no part is a mere word.</summary>
    public bool AreCodes => _parts.All(part => part.AsSpan().ContainsAny(OfCodes));

    /// <summary>Whether no part is a mere sign, such as the dash of <c>a - b</c>.</summary>
    public bool AreWords => _parts.All(part => part.Any(char.IsLetterOrDigit));

    /// <summary>Whether a part ends with a text.</summary>
    public bool EndsWith(string end) => _parts.Any(part => part.EndsWith(end, StringComparison.Ordinal));

    private double Share(Func<string, bool> test) => (double)_parts.Count(test) / _parts.Count;
}
