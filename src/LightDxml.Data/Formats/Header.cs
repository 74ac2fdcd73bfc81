using LightDxml.Data.Parsing;

namespace LightDxml.Data.Formats;

/// <summary>The first line of a file: counts that its body must agree with.</summary>
internal static class Header
{
    /// <summary>Reads the header and leaves it out of the lines that follow.</summary>
    /// <param name="names">What the counts are of: <c>points</c>, <c>features</c>, <c>labels</c>.</param>
    /// <exception cref="DataFormatException">The line is not as many counts below 2³¹.</exception>
    public static int[] Take(LineBlockReader lines, params string[] names)
    {
        var expected = $"expected the header '{string.Join(' ', names)}'";
        var counts = LineText.WholeNumbers(lines.FirstLine);
        if (counts is null || counts.Count != names.Length)
            throw new DataFormatException(lines.File, 1, $"found {LineText.Quote(lines.FirstLine)}, {expected}");
        for (var i = 0; i < names.Length; i++)
        {
            if (counts[i] > int.MaxValue)
                throw new DataFormatException(lines.File, 1, $"the header says {counts[i]} {names[i]}, expected at most {int.MaxValue}");
        }

        lines.SkipFirstLine();
        return [.. counts.Select(count => (int)count)];
    }

    /// <summary>Whether line <paramref name="lineNumber"/> is one of the header's rows; blank lines after them are none.</summary>
    /// <exception cref="DataFormatException">The header's rows are over, but the line is not blank.</exception>
    public static bool Covers(int rowCount, ReadOnlySpan<byte> line, long lineNumber, string file, string rowName)
    {
        if (lineNumber - 2 < rowCount)
            return true;
        if (LineText.IsBlank(line))
            return false;
        throw new DataFormatException(file, lineNumber, $"found {LineText.Quote(line)}, expected the end of the file: the header says {rowCount} {rowName}");
    }

    /// <exception cref="DataFormatException">The file ended before the header's last row.</exception>
    public static void CheckRowCount(int rowCount, int found, LineBlockReader lines, string rowName)
    {
        if (found < rowCount)
            throw new DataFormatException(lines.File, lines.NextLine - 1, $"the file ends after {found} {rowName}, but the header says {rowCount}");
    }
}
