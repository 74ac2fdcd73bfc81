using System.Numerics;
using LightDxml.Data;

namespace LightDxml.Kernels.Linear;

/// <summary>
/// The long rows of a sparse matrix with a bit a column and the number of entries before each word of 64 bits, so that a
/// document's features are looked up in a row that has ten times as many entries instead of walking it. Read-only once made.
/// </summary>
internal sealed unsafe class RowLookup
{
    private const int WordBits = 64;

    /// <summary>Shorter rows are walked faster than they are looked up in.</summary>
    private const int LeastEntriesPerWord = 4;

    private readonly int _words;
    private readonly int[] _tableOfRow;
    private readonly Word[] _tables;

    /// <param name="rows">Rows get a table where it takes no more memory than twice their entries.</param>
    public RowLookup(SparseMatrix rows)
    {
        _words = (rows.ColumnCount + WordBits - 1) / WordBits;
        _tableOfRow = new int[rows.RowCount];
        var tables = 0;
        for (var row = 0; row < rows.RowCount; row++)
            _tableOfRow[row] = rows.RowLength(row) >= Math.Max(1, LeastEntriesPerWord * _words) ? tables++ : -1;
        _tables = new Word[checked(tables * _words)];
        for (var row = 0; row < rows.RowCount; row++)
        {
            if (Holds(row))
                Fill(Table(row), rows.RowColumns(row));
        }
    }

    /// <summary>Whether a row is long enough to have a table.</summary>
    public bool Holds(int row) => _tableOfRow[row] >= 0;

    /// <summary>weights[j] = factor · row[columns[j]], 0 where the row has no entry.</summary>
    /// <param name="rowValues">The row's values.</param>
    /// <param name="columns">Below the rows' column count; not checked.</param>
    /// <param name="weights">[columns], overwritten.</param>
    public void Read(int row, ReadOnlySpan<float> rowValues, float factor, ReadOnlySpan<int> columns, Span<float> weights)
    {
        weights = weights[..columns.Length];
        fixed (Word* words = Table(row))
        fixed (float* value = rowValues, weight = weights)
        fixed (int* column = columns)
        {
            for (var j = 0; j < columns.Length; j++)
            {
                var word = words + (uint)column[j] / WordBits;
                var bits = word->Columns;

                // A mask and no branch: half of a document's features are in the row, which nothing could predict.
                var mask = -(int)((bits >> column[j]) & 1);
                var place = (word->Before + BitOperations.PopCount(bits & ((1UL << column[j]) - 1))) & mask;
                weight[j] = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(factor * value[place]) & mask);
            }
        }
    }

    private Span<Word> Table(int row) => _tables.AsSpan(_tableOfRow[row] * _words, _words);

    private static void Fill(Span<Word> table, ReadOnlySpan<int> columns)
    {
        foreach (var column in columns)
            table[column / WordBits].Columns |= 1UL << column;
        var before = 0;
        foreach (ref var word in table)
        {
            word.Before = before;
            before += BitOperations.PopCount(word.Columns);
        }
    }

    /// <summary>64 columns of a row: which of them it has, and how many before them.</summary>
    private struct Word
    {
        public ulong Columns;
        public int Before;
    }
}
