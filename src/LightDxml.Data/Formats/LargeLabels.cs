using System.Globalization;

namespace LightDxml.Data.Formats;

/// <summary>
/// Label numbers of a file that names no count of them. They may be any whole number below 2⁶³: those from
/// <see cref="FirstLarge"/> on are kept in a table while the file is read, and where most numbers do not occur, the labels that
/// do get rows in the order of their numbers, and the numbers as names. Cost follows the labels that occur.
/// </summary>
internal sealed class LargeLabels
{
    /// <summary>Numbers below it are columns as they are: so few rows cost nothing.</summary>
    public const int FirstLarge = 1 << 16;

    /// <summary>From so many numbers for a label that occurs on, the others cost too much.</summary>
    private const int LeastNumbersPerLabel = 8;

    private readonly Lock _turn = new();
    private readonly bool[] _occurs = new bool[FirstLarge];
    private readonly Dictionary<long, int> _columns = [];
    private readonly List<long> _numbers = [];

    /// <summary>Whether there are any: without them every column is its number.</summary>
    public bool HasAny => _numbers.Count > 0;

    /// <summary>The column that stands for a number while the file is read.</summary>
    public int ColumnOf(long number)
    {
        if (number < FirstLarge)
        {
            _occurs[number] = true;
            return (int)number;
        }

        lock (_turn)
        {
            if (!_columns.TryGetValue(number, out var column))
            {
                _columns.Add(number, column = FirstLarge + _numbers.Count);
                _numbers.Add(number);
            }

            return column;
        }
    }

    /// <summary>The number that a column stands for.</summary>
    public long NumberOf(int column)
    {
        if (column < FirstLarge)
            return column;
        lock (_turn)
            return _numbers[column - FirstLarge];
    }

    /// <summary>The labels of a file that is read, in the order of their numbers.</summary>
    /// <param name="labels">[documents, columns] of <see cref="ColumnOf"/>.</param>
    /// <param name="minLabelCount">Labels at least, of a file whose labels are known to be so many.</param>
    /// <exception cref="LightDxmlException">There are so many labels at least, but their numbers have too many gaps.</exception>
    /// <returns>The names of the rows where they are not their numbers.</returns>
    public (SparseMatrix Labels, IReadOnlyList<string>? Names) Resolve(SparseMatrix labels, int minLabelCount)
    {
        if (!HasAny)
            return (labels, null);
        var (rowOf, count, names) = Rows(minLabelCount);
        return (labels.WithColumns(rowOf, count), names);
    }

    /// <summary>The row of each column that occurs, how many rows there are, and their names where they are not their numbers.</summary>
    /// <inheritdoc cref="Resolve"/>
    public (Func<int, int> RowOf, int Count, IReadOnlyList<string>? Names) Rows(int minLabelCount)
    {
        long[] numbers = [.. Enumerable.Range(0, FirstLarge).Where(column => _occurs[column]).Select(column => (long)column), .. _numbers.Order()];
        if (numbers[^1] < int.MaxValue && (numbers[^1] < minLabelCount || numbers[^1] < (long)LeastNumbersPerLabel * numbers.Length))
            return (column => column < FirstLarge ? column : (int)_numbers[column - FirstLarge], Math.Max(minLabelCount, (int)numbers[^1] + 1), null);
        if (minLabelCount > 0)
            throw new LightDxmlException($"Most of the label numbers up to {numbers[^1]} do not occur, so that labels get rows of their own, by which two files cannot be compared: leave the minimum label count out, and join labels by their names.");
        var rows = new Dictionary<long, int>(numbers.Length);
        foreach (var number in numbers)
            rows.Add(number, rows.Count);
        return (
            column => rows[column < FirstLarge ? column : _numbers[column - FirstLarge]], numbers.Length,
            [.. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))]);
    }
}
