using System.Numerics;
using System.Runtime.Intrinsics.X86;
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
    private const int CacheLine = 64;

    // How many columns before its turn a column is asked for.
    private const int ColumnsAhead = 8;
    private const int EntriesAhead = 3;

    private readonly Column[] _columns;
    private readonly int[] _rows;
    private readonly float[] _weights;

    // Columns of many rows have a table to look a row up in; the others are walked.
    private readonly int _words;
    private readonly Word[] _tables;

    /// <param name="rowsOfColumns">[columns, rows], of each column its rows and their weights; at most 2³¹ − 1 of them.</param>
    public RowsByColumn(SparseMatrix rowsOfColumns)
    {
        _words = (rowsOfColumns.ColumnCount + WordBits - 1) / WordBits;
        _columns = new Column[rowsOfColumns.RowCount];
        _rows = new int[rowsOfColumns.NonZeroCount];
        _weights = new float[rowsOfColumns.NonZeroCount];
        var (start, tables) = (0, 0);
        for (var column = 0; column < _columns.Length; column++)
        {
            rowsOfColumns.Row(column, out var rows, out var weights);
            rows.CopyTo(_rows.AsSpan(start));
            weights.CopyTo(_weights.AsSpan(start));

            // A table takes no more memory than twice the column's entries, and a shorter column is walked as fast.
            _columns[column] = new Column { Start = start, Length = rows.Length, Table = rows.Length >= Math.Max(1, _words) ? tables++ * _words : -1 };
            start += rows.Length;
        }

        _tables = new Word[checked(tables * _words)];
        foreach (var column in _columns)
        {
            if (column.Table >= 0)
                Fill(_tables.AsSpan(column.Table, _words), _rows.AsSpan(column.Start, column.Length));
        }
    }

    /// <summary>
    /// Asks for the memory of columns that are about to be added: where the one after next is found, and what the next one reads.
    /// Three reads that wait for each other are most of a column's time, and the columns of one document lie anywhere.
    /// </summary>
    /// <param name="columns">The document's columns that are still to come, in their order.</param>
    public void Prefetch(ReadOnlySpan<int> columns)
    {
        if (!Sse.IsSupported)
            return;
        fixed (Column* all = _columns)
        {
            if (columns.Length > ColumnsAhead)
                Sse.Prefetch0(all + columns[ColumnsAhead]);
            if (columns.Length <= EntriesAhead)
                return;
            var column = all[columns[EntriesAhead]];
            if (column.Table >= 0)
            {
                Prefetch(_tables, column.Table, _words);
                return;
            }

            Prefetch(_rows, column.Start, column.Length);
            Prefetch(_weights, column.Start, column.Length);
        }
    }

    /// <summary>sums[places[r]] += factor · weight(r, column) for each chosen row r.</summary>
    /// <param name="chosen">Different rows.</param>
    /// <param name="places">[rows], of each chosen row its place in the sums, −1 for the others.</param>
    /// <param name="found">[chosen], scratch.</param>
    /// <param name="sums">As long as the places need.</param>
    public void AddTo(int column, float factor, ReadOnlySpan<int> chosen, int[] places, Span<int> found, Span<float> sums)
    {
        var at = _columns[column];
        fixed (int* rows = _rows, place = places, choice = chosen, hit = found)
        fixed (float* weights = _weights, sum = sums)
        {
            var row = rows + at.Start;
            var weight = weights + at.Start;
            if (at.Table < 0)
            {
                for (var j = 0; j < at.Length; j++)
                {
                    if (place[row[j]] is >= 0 and var slot)
                        sum[slot] += factor * weight[j];
                }

                return;
            }

            fixed (Word* words = &_tables[at.Table])
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

    private static void Prefetch<T>(T[] values, int start, int count)
        where T : unmanaged
    {
        fixed (T* all = values)
        {
            for (byte* at = (byte*)(all + start), end = (byte*)(all + start + count); at < end; at += CacheLine)
                Sse.Prefetch0(at);
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

    /// <summary>Where a column's rows and weights start, how many they are, and where its table starts, −1 where it has none.</summary>
    private struct Column
    {
        public int Start;
        public int Length;
        public int Table;
    }

    /// <summary>64 rows: which of them have the column, and how many before them.</summary>
    private struct Word
    {
        public ulong Rows;
        public int Before;
    }
}
