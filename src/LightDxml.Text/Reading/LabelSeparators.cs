namespace LightDxml.Text.Reading;

/// <summary>
/// Finds out what stands between the labels that share a string: what parts strings into labels that come back in others. Where that is not
/// certain, a note shows a label as it is read and names the option.
/// </summary>
internal static class LabelSeparators
{
    /// <summary>Where a string is one label.</summary>
    public const string None = "";

    private const string Comma = ",", Blank = " ", Lines = "\n";

    // Hardly ever in a name, except for semicolons and commas of other scripts; then characters that names have too.
    private static readonly string[] Strong = ["|", ";", "\t", Lines, "｜", "；", "、", "，", "،", "؛"];
    // Names of these scripts hold them as others hold commas.
    private static readonly string[] OfScripts = ["；", "、", "，", "،", "؛"];
    private static readonly string[] Weak = ["/", "+", "&", "#", "•", "~", "^", " - "];

    /// <param name="strings">Of some documents, one each, with their line ends.</param>
    /// <param name="known">Labels that other documents have in lists.</param>
    /// <param name="areDecimals">Whether a number with a comma is one label, as where commas do not part columns.</param>
    /// <returns>The separator (null where no string has anything that may be one: other files may tell it), and what should be said of it.</returns>
    public static (string? Separator, string? Note) Of(IReadOnlyCollection<string> strings, IReadOnlySet<string>? known = null, bool areDecimals = false)
    {
        if (strings.Count == 0)
            return (null, null);
        if (known is { Count: > 0 })
            return BesideLists(strings, known);
        string? doubt = null;
        foreach (var separator in Strong)
        {
            var parts = new LabelParts(strings, separator);
            if (parts.Example is null || separator == Lines && parts.EndsWith(Comma))
                continue;
            var isOfScript = OfScripts.Contains(separator);
            var isRare = isOfScript && strings.Count(text => text.Contains(separator, StringComparison.Ordinal)) <= strings.Count(text => text.Contains(Comma, StringComparison.Ordinal));
            if (!isRare && (parts.SharedShare >= (separator is "|" or "｜" or "\t" or Lines ? 0.1 : 0.3) || parts.MeanCount > 2.5 && !(isOfScript && parts.Recurrence >= 2)))
                return (separator, Taken(separator, parts.Example));
            doubt ??= $"'{Shown(parts.Example)}' is read as {(parts.Example.Contains(Comma, StringComparison.Ordinal) ? "labels between commas" : "one label")}; --label-separator {Option(separator)} splits it.";
        }

        var (found, note) = OfCommas(new LabelParts(strings, Comma), areDecimals) ?? OfOthers(strings);
        return (found ?? (doubt is null ? null : Comma), doubt ?? note);
    }

    /// <summary>What should be said of labels of a whole file, which may have others than its beginning; null for nothing.</summary>
    public static string? NoteOn(IReadOnlyCollection<string> labels)
    {
        foreach (var separator in (string[])[.. Strong, Comma, .. Weak, Blank])
        {
            var parts = new LabelParts(labels, separator);
            if (parts.Example is not null && parts.WholeShare >= 0.5 && (separator != Blank || parts.AreWords) && !(parts.HasEmpty && Weak.Contains(separator)))
                return OneLabel(separator, parts.Example);
        }

        return null;
    }

    /// <summary>Commas separate where their parts stand with others too. A surname and a first name do that as well, but never change places.</summary>
    private static (string? Separator, string? Note)? OfCommas(LabelParts parts, bool areDecimals)
    {
        if (parts.Example is null)
            return null;
        if (areDecimals && parts is { AreDecimals: true } and not { ChangePlaces: true, WholeShare: >= 0.5 })
            return (None, $"'{Shown(parts.Example)}' is read as one label, a number with a decimal comma; --label-separator , splits it.");
        var mayBeNames = parts is { AreSpaced: true, ArePairs: true, ChangePlaces: false, WholeShare: 0 };
        var areShared = parts.SharedShare >= 0.2 && !mayBeNames;
        if (!areShared && parts is { AreSpaced: true, Recurrence: >= 2 })
            return (None, $"'{Shown(parts.Example)}' is read as one label, since it comes back as a whole; --label-separator , splits it.");
        return (Comma, areShared && parts is { SharedShare: >= 0.5, AreDecimals: false } ? null
            : $"'{Shown(parts.Example)}' is read as labels between commas: {Listed(parts.Example)}; if it is one label, --label-separator none keeps it whole.");
    }

    private static (string? Separator, string? Note) OfOthers(IReadOnlyCollection<string> strings)
    {
        string? usual = null;
        var words = new LabelParts(strings, Blank);
        var areWords = words is { Example: not null, AreWords: true, SharedShare: >= 0.3 };
        var isPassedOver = false;
        foreach (var separator in Weak)
        {
            var parts = new LabelParts(strings, separator);
            if (parts.Example is null)
                continue;
            usual = Comma;
            if (parts.HasEmpty || areWords && words.SharedShare >= parts.SharedShare && words.Count >= parts.Count)
            {
                isPassedOver = true;
                continue;
            }

            if (parts is { WholeShare: >= 0.5, ChangePlaces: true })
                return (separator, Taken(separator, parts.Example));
            if (parts.SharedShare >= 0.3)
                return (Comma, OneLabel(separator, parts.Example));
        }

        if (words.Example is null)
            return (usual, null);
        if (words.AreCodes && words.SharedShare >= 0.5)
            return (Blank, $"Labels are separated by blanks, as '{Shown(words.Example)}' shows; --label-separator , keeps blanks within labels.");
        return words is { WholeShare: >= 0.5, AreWords: true } || isPassedOver && areWords ? (Comma, OneLabel(Blank, words.Example)) : (usual, null);
    }

    /// <summary>Where other documents have lists, a string is one label, unless its parts are labels of theirs.</summary>
    private static (string Separator, string? Note) BesideLists(IReadOnlyCollection<string> strings, IReadOnlySet<string> known)
    {
        string? doubt = null;
        foreach (var separator in (string[])[.. Strong, Comma, .. Weak, Blank])
        {
            var parts = new LabelParts([.. strings.Where(text => !known.Contains(text))], separator, known);
            if (parts.Example is not null && (parts.WholeShare >= 0.5 && (separator != Blank || parts.AreWords) || separator == Comma && !parts.AreSpaced) && !(parts.HasEmpty && Weak.Contains(separator)))
                return (separator, Taken(separator, parts.Example));
            if (parts.Example is not null && (separator == Comma || Strong.Contains(separator)))
                doubt ??= $"'{Shown(parts.Example)}' is read as one label, since other documents have lists of labels; --label-separator {Option(separator)} splits it.";
        }

        return (None, doubt);
    }

    private static string Taken(string separator, string example) =>
        $"Labels are separated by {(separator == Lines ? "line ends" : $"'{(separator == "\t" ? "\\t" : separator)}'")}, as '{Shown(example)}' shows; --label-separator names another separator, and none keeps strings whole.";

    private static string OneLabel(string separator, string example) =>
        $"'{Shown(example)}' is read as one label, though its parts are labels of other documents; --label-separator {Option(separator)} splits it.";

    private static string Option(string separator) => separator switch { Comma => Comma, Lines => "'\\n'", "\t" => "'\\t'", _ => $"'{separator}'" };

    private static string Listed(string text) =>
        string.Join(", ", text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(3).Select(label => $"'{Shown(label)}'"));

    private static string Shown(string text)
    {
        var line = text.ReplaceLineEndings("⏎");
        return line.Length <= 60 ? line : $"{line[..60]}…";
    }
}
