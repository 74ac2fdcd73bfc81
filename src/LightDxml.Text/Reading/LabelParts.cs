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
        var (having, withEmpty) = (0, 0);
        var split = new List<string[]>();
        var (seen, lists) = (new HashSet<string>(), new HashSet<string>());
        foreach (var text in strings)
        {
            if (!text.Contains(separator, StringComparison.Ordinal))
                continue;
            having++;
            var all = text.Split(separator, StringSplitOptions.TrimEntries);
            string[] parts = [.. all.Where(part => part.Length > 0)];
            withEmpty += parts.Length < all.Length ? 1 : 0;
            if (parts.Length < 2)
                continue;
            Count++;
            Example ??= text;
            seen.Add(text);
            // What differs in its blanks alone is the same list.
            if (lists.Add(string.Join(separator, parts)))
                split.Add(parts);
        }

        HasEmpty = withEmpty > 0.1 * having;
        if (Example is null)
            return;
        var whole = strings.ToHashSet();
        whole.UnionWith(known ?? new HashSet<string>());
        // A part is shared if it stands beside different neighbours, or alone.
        var places = split.SelectMany(parts => parts.Distinct()).CountBy(part => part).ToDictionary();
        _parts = places.Keys;
        MeanCount = split.Average(parts => parts.Length);
        Recurrence = (double)Count / split.Count;
        SharedShare = Share(part => places[part] > 1 || whole.Contains(part));
        WholeShare = Share(whole.Contains);
        ArePairs = split.TrueForAll(parts => parts.Length == 2);
        AreDecimals = strings.Count(IsDecimal) >= 0.9 * Count;
        AreSpaced = seen.All(text => !text.Replace($"{separator} ", "", StringComparison.Ordinal).Contains(separator, StringComparison.Ordinal));
        ChangePlaces = split.Select(parts => parts[0]).ToHashSet().Overlaps(split.SelectMany(parts => parts.Skip(1)));
    }

    /// <summary>A string that the separator splits, or null.</summary>
    public string? Example { get; }

    /// <summary>How many strings the separator splits.</summary>
    public int Count { get; }

    /// <summary>Whether many strings that have the separator have nothing before it, behind it, or between two of them, as signs of names do: <c>c++</c>, <c>#bread</c>.</summary>
    public bool HasEmpty { get; }

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

    /// <summary>Whether nearly all strings that are split are numbers with a decimal comma, as classifications have them: <c>641,5</c>.</summary>
    public bool AreDecimals { get; }

    /// <summary>Whether a part stands first somewhere and later elsewhere.</summary>
    public bool ChangePlaces { get; }

    /// <summary>Whether no part is a mere word.</summary>
    public bool AreCodes => _parts.All(part => part.AsSpan().ContainsAny(OfCodes));

    /// <summary>Whether no part is a mere sign, such as the dash of <c>a - b</c>.</summary>
    public bool AreWords => _parts.All(part => part.Any(char.IsLetterOrDigit));

    /// <summary>Whether a part ends with a text.</summary>
    public bool EndsWith(string end) => _parts.Any(part => part.EndsWith(end, StringComparison.Ordinal));

    private static bool IsDecimal(string text)
    {
        var number = text.AsSpan().Trim();
        var comma = number.IndexOf(',');
        return comma > 0 && comma < number.Length - 1 && !number[..comma].ContainsAnyExceptInRange('0', '9') && !number[(comma + 1)..].ContainsAnyExceptInRange('0', '9');
    }

    private double Share(Func<string, bool> test) => (double)_parts.Count(test) / _parts.Count;
}
