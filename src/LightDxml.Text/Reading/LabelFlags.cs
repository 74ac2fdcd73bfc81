using System.Collections.Frozen;
using System.Text;
using LightDxml.Data.Formats;

namespace LightDxml.Text.Reading;

/// <summary>What the cells of a column say of a label: yes and no, in one of the ways in which spreadsheets and people write them, or something else.</summary>
internal sealed class LabelFlags
{
    private const int MostBytes = 32;

    // A blank says no beside each.
    private static readonly (string[] Yes, string[] No)[] Pairs =
    [
        (["1", "1.0", "true"], ["0", "0.0", "false"]), (["wahr"], ["falsch"]), (["vrai"], ["faux"]), (["vero"], ["falso"]), (["verdadero"], ["falso"]),
        (["verdadeiro"], ["falso"]), (["waar"], ["onwaar"]), (["yes", "y"], ["no", "n"]), (["ja", "j"], ["nein", "nee", "nej", "n"]), (["oui"], ["non"]),
        (["sí", "si", "sì"], ["no"]), (["sim"], ["não"]), (["x", "✓"], []),
    ];

    private static readonly FrozenDictionary<string, (bool IsYes, int[] Pairs)> Words = Pairs
        .SelectMany((pair, index) => pair.Yes.Select(word => (word, IsYes: true, index)).Concat(pair.No.Select(word => (word, IsYes: false, index))))
        .GroupBy(flag => flag.word, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(flags => flags.Key, flags => (flags.First().IsYes, flags.Select(flag => flag.index).ToArray()), StringComparer.OrdinalIgnoreCase);

    private readonly int[] _ofPairs = new int[Pairs.Length];
    private int _filled;
    private int _numbers;

    /// <summary>Whether a cell says yes.</summary>
    public bool HasYes { get; private set; }

    /// <summary>The first cell that says something else, or null.</summary>
    public string? Other { get; private set; }

    /// <summary>Whether no cell says anything.</summary>
    public bool IsBlank => _filled == 0;

    /// <summary>Whether all cells are of one pair of words, or blank.</summary>
    public bool AreAll => _ofPairs.Max() == _filled;

    /// <summary>Whether no cell says something else, or so few that they are mistakes. Where all are numbers from −1 to 1, such as probabilities, those that say neither are mistakes.</summary>
    public bool AreMost => Other is null || _numbers == _filled || 10L * _ofPairs.Max() >= 9L * _filled;

    /// <summary>What the cells of each column are.</summary>
    /// <param name="records">Behind the header.</param>
    public static LabelFlags[] OfColumns(CsvRecordReader records, int columnCount)
    {
        LabelFlags[] columns = [.. Enumerable.Range(0, columnCount).Select(_ => new LabelFlags())];
        records.ColumnCount = columnCount;
        while (records.TryRead())
        {
            for (var column = 0; records.Fault is null && column < columnCount; column++)
                columns[column].Add(records[column]);
        }

        return columns;
    }

    public void Add(ReadOnlySpan<byte> cell)
    {
        cell = cell.Trim(" \t"u8);
        if (cell.IsEmpty)
            return;
        _filled++;
        _numbers += LabelValue.IsLikeOne(cell) ? 1 : 0;
        if (Find(cell) is not { } flag)
        {
            Other ??= Encoding.UTF8.GetString(cell);
            return;
        }

        HasYes |= flag.IsYes;
        foreach (var pair in flag.Pairs)
            _ofPairs[pair]++;
    }

    /// <summary>Whether a cell says that the row has the label, or that it has not; null where it says something else.</summary>
    public static bool? Of(ReadOnlySpan<byte> cell)
    {
        cell = cell.Trim(" \t"u8);
        return cell.IsEmpty ? false : Find(cell)?.IsYes;
    }

    private static (bool IsYes, int[] Pairs)? Find(ReadOnlySpan<byte> cell)
    {
        if (cell.Length > MostBytes)
            return null;
        Span<char> word = stackalloc char[MostBytes];
        return Words.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word[..Encoding.UTF8.GetChars(cell, word)], out var flag) ? flag : null;
    }
}
