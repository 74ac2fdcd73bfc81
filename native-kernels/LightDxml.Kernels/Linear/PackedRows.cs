using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LightDxml.Data;

namespace LightDxml.Kernels.Linear;

/// <summary>
/// The rows of one problem side by side: four bytes a non-zero, sixteen bits of column and a bfloat16 value, so that a problem of
/// a thousand documents lies in the second-level cache while it is visited again and again. Columns are the problem's own,
/// numbered as they first appear; those beyond 65,536 take eight bytes a non-zero. Rows beyond the memory given are
/// packed whenever they are read, so that a frequent label's problem may be larger than memory, as the data set may.
/// </summary>
/// <param name="features">[rows, features], with values.</param>
/// <param name="memory">Bytes that packed rows may take; what the rows give does not depend on it.</param>
internal sealed unsafe class PackedRows(SparseMatrix features, long memory)
{
    private const int Lanes = 16;
    private const int PackedColumns = 1 << 16;

    /// <summary>In place of the number of packed cells: the row waits in the matrix.</summary>
    private const int InMatrix = -1;
    private const uint ValueBits = 0xffff0000;
    private const uint ColumnBits = 0x0000ffff;

    /// <summary>[features] the own column of a feature and 1, or 0 where no row holds the feature.</summary>
    private readonly int[] _ownColumns = new int[features.ColumnCount];
    private readonly int[] _features = new int[features.ColumnCount + 1];
    private readonly int _mostCells = (int)Math.Min(memory / sizeof(uint), 1 << 30);
    private uint[] _cells = [];
    private uint[] _loose = [];
    private Place _looseCells;
    private int _looseAt = -1;
    private Place[] _places = [];
    private float[] _scales = [];
    private int _scaledRows;
    private int _end;
    private int _count;

    /// <summary>How many features the rows hold.</summary>
    public int ColumnCount { get; private set; }

    /// <summary>The feature of each own column.</summary>
    public ReadOnlySpan<int> Features => _features.AsSpan(0, ColumnCount);

    public void Clear()
    {
        foreach (var feature in Features)
            _ownColumns[feature] = 0;
        (ColumnCount, _count, _scaledRows, _end, _looseAt) = (0, 0, 0, 0, -1);
    }

    /// <summary>Adds rows of the matrix behind those that are there.</summary>
    public void Append(ReadOnlySpan<int> rows)
    {
        if (_places.Length < _count + rows.Length)
            Array.Resize(ref _places, 2 * (_count + rows.Length));
        foreach (var row in rows)
            _places[_count++] = Append(row);
    }

    /// <summary>Multiplies the values of the rows added since the last time by their columns' scales.</summary>
    /// <param name="scales">[own columns]; those of columns that were there the last time are what they were.</param>
    public void Scale(ReadOnlySpan<float> scales)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scales.Length, ColumnCount, nameof(scales));
        if (_scales.Length < scales.Length)
            _scales = new float[2 * scales.Length];
        scales.CopyTo(_scales);
        var first = _scaledRows;
        (_scaledRows, _looseAt) = (_count, -1);
        for (var i = first; i < _count; i++)
        {
            _places[i] = _places[i] with
            {
                SquaredNorm = _places[i].Packed == InMatrix ? Loose(i).SquaredNorm : Scale(_cells.AsSpan(_places[i].Start), _places[i].Packed, _places[i].Wide),
            };
        }
    }

    /// <summary>‖x‖² of the values as they are kept.</summary>
    public float SquaredNorm(int i) => _places[i].SquaredNorm;

    /// <summary>Prefetches a row into the cache.</summary>
    public void Prefetch(int i)
    {
        if (!Sse.IsSupported || _places[i].Packed == InMatrix)
            return;
        var cells = Cells(i, out var packed, out var wide);
        for (var j = 0; j < packed + 2 * wide; j += Lanes)
            Sse.Prefetch0(cells + j);
    }

    /// <summary>⟨w, x⟩.</summary>
    /// <param name="weights">[own columns].</param>
    public float Dot(int i, ReadOnlySpan<float> weights)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(weights.Length, ColumnCount, nameof(weights));
        var cells = Cells(i, out var packed, out var wide);
        fixed (float* weight = weights)
        {
            var sum = Avx2.IsSupported ? GatheredDot(cells, packed, weight) : ScalarDot(cells, packed, weight);
            for (var j = packed; j < packed + 2 * wide; j += 2)
                sum += BitConverter.UInt32BitsToSingle(cells[j + 1]) * weight[cells[j]];
            return sum;
        }
    }

    /// <summary>w += factor · x.</summary>
    /// <param name="weights">[own columns].</param>
    public void AddTo(Span<float> weights, int i, float factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(weights.Length, ColumnCount, nameof(weights));
        var cells = Cells(i, out var packed, out var wide);
        fixed (float* weight = weights)
        {
            for (var j = 0; j < packed; j += 4)
            {
                uint c0 = cells[j], c1 = cells[j + 1], c2 = cells[j + 2], c3 = cells[j + 3];
                weight[c0 & ColumnBits] += factor * BitConverter.UInt32BitsToSingle(c0 & ValueBits);
                weight[c1 & ColumnBits] += factor * BitConverter.UInt32BitsToSingle(c1 & ValueBits);
                weight[c2 & ColumnBits] += factor * BitConverter.UInt32BitsToSingle(c2 & ValueBits);
                weight[c3 & ColumnBits] += factor * BitConverter.UInt32BitsToSingle(c3 & ValueBits);
            }

            for (var j = packed; j < packed + 2 * wide; j += 2)
                weight[cells[j]] += factor * BitConverter.UInt32BitsToSingle(cells[j + 1]);
        }
    }

    private static float GatheredDot(uint* cells, int packed, float* weights)
    {
        var (s0, s1) = (Vector256<float>.Zero, Vector256<float>.Zero);
        for (var j = 0; j < packed; j += Lanes)
        {
            var (c0, c1) = (Vector256.Load(cells + j), Vector256.Load(cells + j + Lanes / 2));
            s0 = Vector256.FusedMultiplyAdd(Gather(weights, c0), (c0 & Vector256.Create(ValueBits)).AsSingle(), s0);
            s1 = Vector256.FusedMultiplyAdd(Gather(weights, c1), (c1 & Vector256.Create(ValueBits)).AsSingle(), s1);
        }

        return Vector256.Sum(s0 + s1);
    }

    private static Vector256<float> Gather(float* weights, Vector256<uint> cells) =>
        Avx2.GatherVector256(weights, (cells & Vector256.Create(ColumnBits)).AsInt32(), sizeof(float));

    private static float ScalarDot(uint* cells, int packed, float* weights)
    {
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        for (var j = 0; j < packed; j += 4)
        {
            s0 += BitConverter.UInt32BitsToSingle(cells[j] & ValueBits) * weights[cells[j] & ColumnBits];
            s1 += BitConverter.UInt32BitsToSingle(cells[j + 1] & ValueBits) * weights[cells[j + 1] & ColumnBits];
            s2 += BitConverter.UInt32BitsToSingle(cells[j + 2] & ValueBits) * weights[cells[j + 2] & ColumnBits];
            s3 += BitConverter.UInt32BitsToSingle(cells[j + 3] & ValueBits) * weights[cells[j + 3] & ColumnBits];
        }

        return s0 + s1 + (s2 + s3);
    }

    private Place Append(int row)
    {
        features.Row(row, out var columns, out var values);
        var most = MostCells(columns);
        if (_end + most > _mostCells)
        {
            // Packed only to number the columns; a place in the matrix has no cells.
            Reserve(ref _loose, 0, most);
            _looseAt = -1;
            return Pack(columns, values, _loose, 0) with { Start = row, Packed = InMatrix };
        }

        Reserve(ref _cells, _end, most);
        var place = Pack(columns, values, _cells, _end);
        _end += (place.Packed + 2 * place.Wide + Lanes - 1) / Lanes * Lanes;
        return place;
    }

    /// <summary>Writes a row's cells from <paramref name="start"/> on, numbering the columns that are new.</summary>
    private Place Pack(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, uint[] target, int start)
    {
        var cells = target.AsSpan(start);
        var (ownColumns, numbered, count) = (_ownColumns, _features, ColumnCount);
        var packed = 0;
        var squares = 0f;
        for (var j = 0; j < columns.Length; j++)
        {
            // Whether a feature is new cannot be foretold, and a branch would wait for the answer, which is in a far cache: so there is none.
            ref var own = ref ownColumns[columns[j]];
            var isNew = (own - 1) >>> 31;
            numbered[count] = columns[j];
            count += isNew;
            own += count & -isNew;

            var bits = RoundToBfloat16(values[j]);
            var value = BitConverter.UInt32BitsToSingle(bits);
            squares += value * value;
            if (own <= PackedColumns)
                cells[packed++] = bits | (uint)(own - 1);
        }

        ColumnCount = count;
        while (packed % Lanes != 0)
            cells[packed++] = 0;
        var at = packed;
        for (var j = 0; j < columns.Length && ColumnCount > PackedColumns; j++)
        {
            if (_ownColumns[columns[j]] is > PackedColumns and var own)
                (cells[at], cells[at + 1], at) = ((uint)(own - 1), RoundToBfloat16(values[j]), at + 2);
        }

        return new Place(start, packed, (at - packed) / 2, squares);
    }

    private static int MostCells(ReadOnlySpan<int> columns) => 2 * (columns.Length + Lanes);

    private static uint RoundToBfloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return (bits + 0x7fff + ((bits >> 16) & 1)) & ValueBits;
    }

    private static void Reserve(ref uint[] cells, int used, int more)
    {
        if (used + more <= cells.Length)
            return;
        var larger = GC.AllocateUninitializedArray<uint>(Math.Max(used + more, used + used / 2), pinned: true);
        cells.AsSpan(0, used).CopyTo(larger);
        cells = larger;
    }

    /// <param name="packed">Cells of four bytes, a multiple of the lanes.</param>
    /// <param name="wide">Pairs of column and value behind them.</param>
    private uint* Cells(int i, out int packed, out int wide)
    {
        var (place, cells) = _places[i].Packed == InMatrix ? (Loose(i), _loose) : (_places[i], _cells);
        (packed, wide) = (place.Packed, place.Wide);
        return (uint*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(cells)) + place.Start;
    }

    /// <summary>Packs a row that waits in the matrix, unless it was the last one.</summary>
    private Place Loose(int i)
    {
        if (i == _looseAt)
            return _looseCells;
        features.Row(_places[i].Start, out var columns, out var values);
        Reserve(ref _loose, 0, MostCells(columns));
        (_looseAt, _looseCells) = (i, Pack(columns, values, _loose, 0));
        if (i < _scaledRows)
            _looseCells = _looseCells with { SquaredNorm = Scale(_loose, _looseCells.Packed, _looseCells.Wide) };
        return _looseCells;
    }

    /// <returns>‖x‖² of the scaled values.</returns>
    private float Scale(Span<uint> cells, int packed, int wide)
    {
        var squares = 0f;
        for (var j = 0; j < packed; j++)
        {
            var column = cells[j] & ColumnBits;
            cells[j] = Scaled(cells[j] & ValueBits, column, ref squares) | column;
        }

        for (var j = packed; j < packed + 2 * wide; j += 2)
            cells[j + 1] = Scaled(cells[j + 1], cells[j], ref squares);
        return squares;
    }

    private uint Scaled(uint value, uint column, ref float squares)
    {
        var bits = RoundToBfloat16(BitConverter.UInt32BitsToSingle(value) * _scales[column]);
        var scaled = BitConverter.UInt32BitsToSingle(bits);
        squares += scaled * scaled;
        return bits;
    }

    /// <param name="Start">The first cell, or the row of the matrix.</param>
    private readonly record struct Place(int Start, int Packed, int Wide, float SquaredNorm);
}
