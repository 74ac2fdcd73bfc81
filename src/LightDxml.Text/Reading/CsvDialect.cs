using System.Text;
using LightDxml.Data.Parsing;

namespace LightDxml.Text.Reading;

/// <summary>How a file of delimited text is written.</summary>
/// <param name="Quote">0 where quotes are text like any other.</param>
internal readonly record struct CsvDialect(byte Delimiter, byte Quote, bool HasHeader)
{
    private static ReadOnlySpan<byte> Delimiters => ",;\t|"u8;

    /// <summary>The dialect that explains the beginning of a file best; what the options say is taken as it is.</summary>
    /// <param name="start">Whole lines of UTF-8.</param>
    /// <param name="usualDelimiter">Taken where others explain no more.</param>
    public static CsvDialect Of(byte[] start, TextReadOptions options, byte usualDelimiter)
    {
        if (start.Length == 0)
            return new CsvDialect(usualDelimiter, (byte)'"', HasHeader: true);
        var names = new FieldNames(options);
        byte[] delimiters = options.Delimiter is { } given ? [(byte)given]
            : DelimiterLine(start) is { } named ? [named]
            : [usualDelimiter, .. Delimiters.ToArray().Where(other => other != usualDelimiter)];
        byte[] quotes = options.Quote switch { null => [(byte)'"', 0], "" => [0], var quote => [(byte)quote[0]] };
        Explanation? best = null;
        foreach (var delimiter in delimiters)
        {
            var explanations = quotes.Select(quote => Explain(start, delimiter, quote, options, names)).ToArray();
            var own = explanations.Length == 1 || !explanations[1].IsBetterUnquoted(explanations[0], delimiter) ? explanations[0] : explanations[1];
            if (best is null || own.IsBetterThan(best))
                best = own;
        }

        return best!.Dialect;
    }

    /// <summary>The delimiter that a first line <c>sep=;</c> names, as spreadsheets write it, or null.</summary>
    public static byte? DelimiterLine(ReadOnlySpan<byte> start) =>
        start.Length > 5 && start.StartsWith("sep="u8) && start[5] is (byte)'\r' or (byte)'\n' ? start[4] : null;

    private static Explanation Explain(byte[] start, byte delimiter, byte quote, TextReadOptions options, FieldNames names)
    {
        using var records = Open(new MemoryStream(start), "", delimiter, quote);
        if (!records.TryRead())
            return new Explanation(new CsvDialect(delimiter, quote, HasHeader: true), 0, 0, 1, 0, 0);
        string[] first = [.. Enumerable.Range(0, records.Count).Select(column => Encoding.UTF8.GetString(records[column]))];
        var recognized = CsvColumns.Recognized(first, names);
        var hasHeader = options.HasHeader ?? (recognized > 0 || !CsvColumns.AreNumbers(names));
        records.ColumnCount = records.Count;
        var (rows, faults, faultsOfQuotes, quoted) = (0, records.Fault is null ? 0 : 1, 0, records.QuotedCount);
        var isOpen = records.IsOpen;
        while (!isOpen && records.TryRead())
        {
            // A value may just go on behind the beginning of the file.
            isOpen = records.IsOpen;
            rows++;
            if (records.Fault is null)
                quoted += records.QuotedCount;
            else
                (faults, faultsOfQuotes) = (faults + 1, faultsOfQuotes + (records.IsFaultOfQuotes ? 1 : 0));
        }

        return new Explanation(new CsvDialect(delimiter, quote, hasHeader), hasHeader ? recognized : 0, first.Length, faults, faultsOfQuotes, quoted) { Rows = rows, IsOpen = isOpen };
    }

    /// <summary>Opens delimited text behind the line that may name its delimiter.</summary>
    public static CsvRecordReader Open(Stream stream, string file, byte delimiter, byte quote)
    {
        var lines = new LineBlockReader(stream, file, ReadLimits.Default);
        if (lines.FirstLine is [(byte)'s', (byte)'e', (byte)'p', (byte)'=', _])
            lines.SkipFirstLine();
        return new CsvRecordReader(lines, delimiter, quote);
    }

    /// <summary>What a dialect makes of the beginning of a file.</summary>
    /// <param name="Recognized">Columns whose name is that of a field.</param>
    /// <param name="Quoted">Values in quotes, in rows without a fault.</param>
    private sealed record Explanation(CsvDialect Dialect, int Recognized, int Columns, int Faults, int FaultsOfQuotes, int Quoted)
    {
        public int Rows { get; init; }

        /// <summary>Whether a quote is open at the end.</summary>
        public bool IsOpen { get; init; }

        public bool IsBetterThan(Explanation other)
        {
            if (Recognized != other.Recognized)
                return Recognized > other.Recognized;
            // Any text is rows of one column.
            if (Columns > 1 != other.Columns > 1)
                return Recognized == 0 ? Columns > 1 : Share(Faults) < Share(other.Faults);
            return Faults < other.Faults;
        }

        /// <summary>
        /// Whether this one, without quotes, is better than one with them. In a file whose values are in quotes as a rule a stray one is
        /// a fault; text between tabs is seldom quoted.
        /// </summary>
        public bool IsBetterUnquoted(Explanation quoted, byte delimiter) =>
            Recognized >= quoted.Recognized
            && (quoted.IsOpen ? Faults == 0 : Faults < quoted.Faults && (delimiter == '\t' || quoted.Quoted <= quoted.FaultsOfQuotes));

        private double Share(int faults) => (double)faults / Math.Max(1, Rows);
    }
}
