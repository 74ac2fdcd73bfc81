namespace LightDxml.Configuration;

/// <summary>Suggests names for one that is mistyped.</summary>
internal static class NearestNames
{
    private const int Suggestions = 3;

    /// <summary>The nearest names by edit distance without regard to case, and those hardly further off; nearest first, three at most.</summary>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> known)
    {
        var lower = name.ToLowerInvariant();
        var ranked = known.Select(other => (Name: other, Distance: Distance(lower, other.ToLowerInvariant())))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Take(Suggestions)
            .ToArray();
        return [.. ranked.Where(candidate => candidate.Distance <= ranked[0].Distance + 1).Select(candidate => candidate.Name)];
    }

    // A setting is often written without its group: `width` is near `shortlist.width`.
    private static int Distance(string name, string known)
    {
        var whole = EditDistance(name, known);
        var dot = known.LastIndexOf('.');
        return dot < 0 ? whole : Math.Min(whole, EditDistance(name, known[(dot + 1)..]) + 1);
    }

    private static int EditDistance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
