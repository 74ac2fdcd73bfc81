using System.Runtime.InteropServices;
using LightDxml.Data;

namespace LightDxml.Models;

/// <summary>
/// A sparse matrix as tensors: row lengths, delta-coded columns, and weights (in eight bits where the dense parameters take
/// fewer: each of a row's few weights counts).
/// </summary>
internal static class SparseTensors
{
    /// <summary>Bytes that are handed on at once, about.</summary>
    private const int Piece = 1 << 20;

    public static void Add(SafetensorsWriter writer, string name, SparseMatrix matrix, Precision precision)
    {
        var lengths = new int[matrix.RowCount];
        var columnBytes = 0L;
        for (var row = 0; row < lengths.Length; row++)
        {
            lengths[row] = matrix.RowLength(row);
            columnBytes += DeltaColumns.EncodedLength(matrix.RowColumns(row));
        }

        writer.Add<int>(RowLengths(name), TensorType.I32, [lengths.Length], lengths);
        writer.Add(Columns(name), TensorType.U8, [columnBytes], stream => WriteRows(stream, lengths.Length, (row, bytes) => DeltaColumns.Encode(matrix.RowColumns(row), bytes)));
        if (precision == Precision.Float32)
        {
            writer.Add(Weights(name), TensorType.F32, [matrix.NonZeroCount], stream => WriteRows(stream, lengths.Length, (row, bytes) => bytes.AddRange(MemoryMarshal.AsBytes(matrix.RowValues(row)))));
            return;
        }

        var scales = new float[lengths.Length];
        for (var row = 0; row < lengths.Length; row++)
            scales[row] = RowQuantizer.Bytes.Scale(matrix.RowValues(row));
        writer.Add(Weights(name), TensorType.I8, [matrix.NonZeroCount], stream => WriteRows(stream, lengths.Length, (row, bytes) =>
        {
            var first = bytes.Count;
            CollectionsMarshal.SetCount(bytes, first + lengths[row]);
            RowQuantizer.Bytes.Quantize(matrix.RowValues(row), scales[row], MemoryMarshal.Cast<byte, sbyte>(CollectionsMarshal.AsSpan(bytes)[first..]));
        }));
        writer.Add<float>(DenseTensors.ScaleName(Weights(name)), TensorType.F32, [scales.Length], scales);
    }

    /// <param name="maxNonZeros">Weights that lie in one block of memory, about.</param>
    /// <returns>[rows, columns], or null where the file has none of that name.</returns>
    /// <exception cref="LightDxmlException">Lengths, columns and weights do not fit together.</exception>
    public static SparseMatrix? Read(SafetensorsFile file, string name, int rows, int features, Precision precision, long maxNonZeros = SparseMatrix.MaxBlockNonZeros)
    {
        if (!file.Has(RowLengths(name)))
            return null;
        var lengths = ModelTensors.ReadVector<int>(file, RowLengths(name), TensorType.I32, rows);
        var offsets = new long[rows + 1];
        for (var row = 0; row < rows; row++)
        {
            if (lengths[row] < 0 || lengths[row] > features)
                throw new LightDxmlException($"{file.Path}: row {row} of '{name}' cannot have {lengths[row]} weights of {features} features.");
            offsets[row + 1] = offsets[row] + lengths[row];
        }

        var weights = ModelTensors.Expect(file, file.Find(Weights(name), precision == Precision.Float32 ? TensorType.F32 : TensorType.I8, 1), offsets[^1]);
        var scales = precision == Precision.Float32 ? null : ModelTensors.ReadVector<float>(file, DenseTensors.ScaleName(Weights(name)), TensorType.F32, rows);
        if (offsets[^1] > Array.MaxLength)
            throw new LightDxmlException($"{file.Path}: '{name}' has more than the {Array.MaxLength} weights that a model can hold.");
        var coded = file.Find(Columns(name), TensorType.U8, 1);
        var blocks = new List<SparseMatrix.Block>();
        var at = 0L;
        foreach (var (first, end) in SparseMatrix.CutRows(offsets, maxNonZeros))
        {
            var columns = GC.AllocateUninitializedArray<int>((int)(offsets[end] - offsets[first]));
            for (var row = first; row < end; row++)
            {
                var rest = file.Bytes(coded, at, (int)Math.Min(int.MaxValue, coded.ElementCount - at));
                var read = DeltaColumns.Decode(rest, features, columns.AsSpan((int)(offsets[row] - offsets[first]), lengths[row]));
                if (read < 0)
                    throw new LightDxmlException($"{file.Path}: the columns of row {row} of '{name}' are damaged.");
                at += read;
            }

            blocks.Add(new SparseMatrix.Block(first, columns, ReadWeights(file, weights, offsets, first, end, scales)));
        }

        GC.KeepAlive(file);
        return SparseMatrix.OfChecked(rows, features, offsets, blocks);
    }

    /// <summary>Weights of the rows [first, end).</summary>
    /// <param name="scales">[rows] of weights in eight bits; null where they are in single precision.</param>
    private static float[] ReadWeights(SafetensorsFile file, SafetensorsEntry entry, long[] offsets, int first, int end, float[]? scales)
    {
        var values = GC.AllocateUninitializedArray<float>((int)(offsets[end] - offsets[first]));
        if (scales is null)
        {
            file.Read<float>(entry, offsets[first], values);
            ModelTensors.CheckFinite(file, entry.Name, values);
            return values;
        }

        for (var row = first; row < end; row++)
        {
            var integers = MemoryMarshal.Cast<byte, sbyte>(file.Bytes(entry, offsets[row], (int)(offsets[row + 1] - offsets[row])));
            RowQuantizer.Restore(integers, scales[row], values.AsSpan((int)(offsets[row] - offsets[first]), integers.Length));
        }

        GC.KeepAlive(file);
        return values;
    }

    /// <summary>Writes rows without gaps, a piece at a time: the bytes of all may be more than one array holds.</summary>
    private static void WriteRows(Stream stream, int rows, Action<int, List<byte>> append)
    {
        var bytes = new List<byte>();
        for (var row = 0; row < rows; row++)
        {
            append(row, bytes);
            if (bytes.Count < Piece && row < rows - 1)
                continue;
            stream.Write(CollectionsMarshal.AsSpan(bytes));
            bytes.Clear();
        }
    }

    private static string RowLengths(string name) => name + ".row_lengths";

    private static string Columns(string name) => name + ".columns";

    private static string Weights(string name) => name + ".weights";
}
