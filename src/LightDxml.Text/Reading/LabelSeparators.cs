using System.Buffers;

namespace LightDxml.Text.Reading;

/// <summary>Finds out what stands between the labels that share a string: a comma as a rule, or what parts strings into labels that come back in others.</summary>
internal static class LabelSeparators
{
    private const string Usual = ",";

    private static readonly SearchValues<char> OfCodes = SearchValues.Create("0123456789.:/_-#");

    /// <param name="strings">Of some documents, one each.</param>
    /// <returns>The separator (null where there are no strings), and what should be said of it.</returns>
    public static (string? Separator, string? Note) Of(IReadOnlyCollection<string> strings)
    {
        if (strings.Count == 0)
            return (null, null);
        foreach (var strong in new[] { "|", ";", "\t" })
        {
            var parts = new Parts(strings, strong);
            if (parts.Example is null)
                continue;
            // A pipe hardly ever stands in a name; a semicolon may.
            return parts.SharedShare >= (strong == ";" ? 0.3 : 0.1) || parts.MeanCount > 2.5
                ? (strong, $"Labels are separated by '{strong}', as '{Short(parts.Example)}' shows; --label-separator names another separator.")
                : (Usual, $"'{Short(parts.Example)}' is read as {(parts.Example.Contains(',', StringComparison.Ordinal) ? "labels between commas" : "one label")}; --label-separator '{strong}' splits it.");
        }

        var commas = new Parts(strings, Usual);
        if (commas.Example is not null)
        {
            return (Usual, commas.Count >= 3 && commas.SharedShare < 0.2
                ? $"'{Short(commas.Example)}' is read as labels between commas, which hardly come back in other documents; if it is one label, --label-separator none keeps it whole."
                : null);
        }

        var blanks = new Parts(strings, " ");
        if (blanks.Example is null)
            return (Usual, null);
        if (blanks.AreCodes && blanks.SharedShare >= 0.5)
            return (" ", $"Labels are separated by blanks, as '{Short(blanks.Example)}' shows; --label-separator , keeps blanks within labels.");
        return (Usual, blanks.WholeShare >= 0.5
            ? $"'{Short(blanks.Example)}' is read as one label, though its words are labels of other documents; --label-separator ' ' splits it."
            : null);
    }

    private static string Short(string text) => text.Length <= 60 ? text : $"{text[..60]}…";

    /// <summary>What a separator makes of the strings that have it.</summary>
    private sealed class Parts
    {
        public Parts(IReadOnlyCollection<string> strings, string separator)
        {
            var whole = strings.ToHashSet();
            var split = whole.Where(text => text.Contains(separator, StringComparison.Ordinal))
                .Select(text => (Text: text, Parts: text.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
                .Where(text => text.Parts.Length > 1).ToList();
            if (split.Count == 0)
                return;
            // A part is shared if it stands beside different neighbours, or alone.
            var places = split.SelectMany(text => text.Parts.Distinct()).CountBy(part => part).ToDictionary();
            Example = split[0].Text;
            Count = split.Count;
            MeanCount = split.Average(text => text.Parts.Length);
            SharedShare = Share(places.Keys, part => places[part] > 1 || whole.Contains(part));
            WholeShare = Share(places.Keys, whole.Contains);
            AreCodes = places.Keys.All(part => part.AsSpan().ContainsAny(OfCodes));
        }

        /// <summary>A string that the separator splits, or null.</summary>
        public string? Example { get; }

        /// <summary>Different strings that it splits.</summary>
        public int Count { get; }

        public double MeanCount { get; }

        /// <summary>Of the different parts those that are in several strings.</summary>
        public double SharedShare { get; }

        /// <summary>Of the different parts those that are a string of their own somewhere.</summary>
        public double WholeShare { get; }

        /// <summary>Whether no part is a mere word.</summary>
        public bool AreCodes { get; }

        private static double Share(Dictionary<string, int>.KeyCollection parts, Func<string, bool> test) => (double)parts.Count(test) / parts.Count;
    }
}
