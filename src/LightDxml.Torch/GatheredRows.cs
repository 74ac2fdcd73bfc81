using LightDxml.Data;

namespace LightDxml.Torch;

/// <summary>Rows of a feature matrix gathered on the processor, to be sent to the device in one piece.</summary>
internal sealed class GatheredRows
{
    private long[] _offsets = new long[2];
    private int[] _columns = [];
    private int[] _documents = [];
    private float[] _values = [];
    private int _rowCount;
    private int _entryCount;

    public void Clear() => _rowCount = _entryCount = 0;

    /// <summary>Adds a row.</summary>
    /// <returns>Its values, to change before they are sent.</returns>
    public Span<float> Add(SparseMatrix features, int row)
    {
        var columns = features.RowColumns(row);
        var (start, end) = (_entryCount, _entryCount + columns.Length);
        if (end > _columns.Length)
        {
            Array.Resize(ref _columns, Math.Max(end, _columns.Length * 2));
            Array.Resize(ref _documents, _columns.Length);
            Array.Resize(ref _values, _columns.Length);
        }

        if (_rowCount + 1 >= _offsets.Length)
            Array.Resize(ref _offsets, _offsets.Length * 2);
        columns.CopyTo(_columns.AsSpan(start));
        features.RowValues(row).CopyTo(_values.AsSpan(start));
        _documents.AsSpan(start..end).Fill(_rowCount);
        _entryCount = end;
        _offsets[++_rowCount] = end;
        return _values.AsSpan(start..end);
    }

    public DeviceRows Upload(Device device) => new(
        HostTransfer.Integers(_offsets.AsSpan(0, _rowCount + 1), device),
        HostTransfer.Indices(_columns.AsSpan(0, _entryCount), device),
        HostTransfer.Indices(_documents.AsSpan(0, _entryCount), device),
        HostTransfer.Floats(_values.AsSpan(0, _entryCount), device));
}

/// <summary>Sparse rows on the device.</summary>
/// <param name="Offsets">[rows + 1], into the others.</param>
/// <param name="Columns">[entries].</param>
/// <param name="Documents">[entries], the row of each.</param>
/// <param name="Values">[entries].</param>
internal readonly record struct DeviceRows(Tensor Offsets, Tensor Columns, Tensor Documents, Tensor Values);
