namespace LightDxml.Training;

/// <summary>
/// A mini-batch's entries turned from rows to columns: for each column that occurs, in order of first occurrence, the
/// entries that name it, in batch order. This is what lets one thread own a parameter row and sum its gradient in batch order.
/// </summary>
/// <param name="columnCount">Columns of the whole matrix.</param>
internal sealed class BatchColumns(int columnCount)
{
    private readonly int[] _slotOfColumn = new int[columnCount];
    private int[] _touched = new int[1024];
    private int[] _offsets = new int[1025];
    private int[] _rows = [];
    private int[] _entries = [];
    private int _entryCount;

    /// <summary>The distinct columns.</summary>
    public ReadOnlySpan<int> Touched => _touched.AsSpan(0, TouchedCount);

    public int TouchedCount { get; private set; }

    /// <summary>[touched + 1], into <see cref="Rows"/> and <see cref="Entries"/>.</summary>
    public ReadOnlySpan<int> Offsets => _offsets.AsSpan(0, TouchedCount + 1);

    /// <summary>The batch row of each entry, column after column.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, _entryCount);

    /// <summary>The position of each entry in the batch's row order.</summary>
    public ReadOnlySpan<int> Entries => _entries.AsSpan(0, _entryCount);

    /// <param name="rowOffsets">[rows + 1], into <paramref name="columns"/>.</param>
    public void Fill(ReadOnlySpan<int> rowOffsets, ReadOnlySpan<int> columns)
    {
        Count(columns);
        if (_rows.Length < columns.Length)
        {
            _rows = new int[columns.Length + columns.Length / 4];
            _entries = new int[_rows.Length];
        }

        _entryCount = columns.Length;
        for (var row = 0; row + 1 < rowOffsets.Length; row++)
        {
            for (var entry = rowOffsets[row]; entry < rowOffsets[row + 1]; entry++)
            {
                // Offsets of the next column serve as write cursors; filling moves each to its own start's successor.
                var place = _offsets[_slotOfColumn[columns[entry]]]++;
                _rows[place] = row;
                _entries[place] = entry;
            }
        }

        for (var slot = TouchedCount; slot > 0; slot--)
            _offsets[slot] = _offsets[slot - 1];
        _offsets[0] = 0;
        foreach (var column in Touched)
            _slotOfColumn[column] = 0;
    }

    /// <summary>Numbers the distinct columns and leaves each one's first place in the offsets.</summary>
    private void Count(ReadOnlySpan<int> columns)
    {
        // Slot + 1 while counting, so that a cleared array means 'not seen'.
        TouchedCount = 0;
        foreach (var column in columns)
        {
            ref var slot = ref _slotOfColumn[column];
            if (slot == 0)
            {
                if (TouchedCount == _touched.Length)
                {
                    Array.Resize(ref _touched, TouchedCount * 2);
                    Array.Resize(ref _offsets, TouchedCount * 2 + 1);
                }

                _touched[TouchedCount] = column;
                _offsets[TouchedCount] = 0;
                slot = ++TouchedCount;
            }

            _offsets[slot - 1]++;
        }

        var place = 0;
        for (var slot = 0; slot < TouchedCount; slot++)
        {
            (_offsets[slot], place) = (place, place + _offsets[slot]);
            _slotOfColumn[_touched[slot]] = slot;
        }
    }
}
