using System.Numerics;
using LightDxml.Data;

namespace LightDxml.Kernels.Linear;

/// <summary>
/// A sparse matrix by columns: of each column, the rows that have it and their weights. A document alone finds the weights of
/// the rows chosen for it here, by its own few features, instead of walking rows that have five times as many entries and more.
/// Read-only once made.
/// </summary>
internal sealed unsafe class RowsByColumn
{
    private const int WordBits = 64;

    private readonly SparseMatrix _rows;

    // Columns of many rows have a table to look a row up in; the others are walked.
    private readonly int _words;
    private readonly int[] _tableOfColumn;
    private readonly Word[] _tables;

    /// <param name="rowsOfColumns">[columns, rows], of each column its rows and their weights.</param>
    public RowsByColumn(SparseMatrix rowsOfColumns)
    {
        _rows = rowsOfColumns;
        _words = (rowsOfColumns.ColumnCount + WordBits - 1) / WordBits;
        _tableOfColumn = new int[rowsOfColumns.RowCount];
        var tables = 0;
        for (var column = 0; column < _tableOfColumn.Length; column++)
        {
            // A table takes no more memory than twice the column's entries, and a shorter column is walked as fast.
            _tableOfColumn[column] = _rows.RowLength(column) >= Math.Max(1, _words) ? tables++ : -1;
        }

        _tables = new Word[checked(tables * _words)];
        for (var column = 0; column < _tableOfColumn.Length; column++)
        {
            if (_tableOfColumn[column] >= 0)
                Fill(_tables.AsSpan(_tableOfColumn[column] * _words, _words), _rows.RowColumns(column));
        }
    }

    /// <summary>sums[places[r]] += factor · weight(r, column) for each chosen row r.</summary>
    /// <param name="chosen">Different rows.</param>
    /// <param name="places">[rows], of each chosen row its place in the sums, −1 for the others.</param>
    /// <param name="found">[chosen], scratch.</param>
    /// <param name="sums">As long as the places need.</param>
    public void AddTo(int column, float factor, ReadOnlySpan<int> chosen, int[] places, Span<int> found, Span<float> sums)
    {
        _rows.Row(column, out var rows, out var weights);
        fixed (int* row = rows, place = places, choice = chosen, hit = found)
        fixed (float* weight = weights, sum = sums)
        {
            if (_tableOfColumn[column] < 0)
            {
                for (var j = 0; j < rows.Length; j++)
                {
                    if (place[row[j]] is >= 0 and var slot)
                        sum[slot] += factor * weight[j];
                }

                return;
            }

            fixed (Word* words = &_tables[_tableOfColumn[column] * _words])
            {
                // A count and no branch: which rows have the column, nothing could predict.
                var count = 0;
                for (var i = 0; i < chosen.Length; i++)
                {
                    hit[count] = choice[i];
                    count += (int)((words[(uint)choice[i] / WordBits].Rows >> choice[i]) & 1);
                }

                for (var i = 0; i < count; i++)
                {
                    var word = words + (uint)hit[i] / WordBits;
                    var before = word->Before + BitOperations.PopCount(word->Rows & ((1UL << hit[i]) - 1));
                    sum[place[hit[i]]] += factor * weight[before];
                }
            }
        }
    }

    private static void Fill(Span<Word> table, ReadOnlySpan<int> rows)
    {
        foreach (var row in rows)
            table[row / WordBits].Rows |= 1UL << row;
        var before = 0;
        foreach (ref var word in table)
        {
            word.Before = before;
            before += BitOperations.PopCount(word.Rows);
        }
    }

    /// <summary>64 rows: which of them have the column, and how many before them.</summary>
    private struct Word
    {
        public ulong Rows;
        public int Before;
    }
}
