using LightDxml.Data;

namespace LightDxml.Models;

/// <summary>
/// A sparse matrix as tensors: row lengths, delta-coded columns, and weights (in eight bits where the dense parameters take
/// fewer: each of a row's few weights counts).
/// </summary>
internal static class SparseTensors
{
    public static void Add(SafetensorsWriter writer, string name, SparseMatrix matrix, Precision precision)
    {
        var lengths = new int[matrix.RowCount];
        var columns = new List<byte>();
        for (var row = 0; row < lengths.Length; row++)
        {
            lengths[row] = matrix.RowLength(row);
            DeltaColumns.Encode(matrix.RowColumns(row), columns);
        }

        writer.Add<int>(RowLengths(name), TensorType.I32, [lengths.Length], lengths);
        writer.Add<byte>(Columns(name), TensorType.U8, [columns.Count], columns.ToArray());
        if (precision == Precision.Float32)
        {
            var values = new float[matrix.NonZeroCount];
            for (var row = 0; row < lengths.Length; row++)
                matrix.RowValues(row).CopyTo(values.AsSpan((int)matrix.RowOffsets[row]));
            writer.Add<float>(Weights(name), TensorType.F32, [values.Length], values);
            return;
        }

        var bytes = new sbyte[matrix.NonZeroCount];
        var scales = new float[lengths.Length];
        for (var row = 0; row < lengths.Length; row++)
        {
            scales[row] = RowQuantizer.Bytes.Scale(matrix.RowValues(row));
            RowQuantizer.Bytes.Quantize(matrix.RowValues(row), scales[row], bytes.AsSpan((int)matrix.RowOffsets[row], lengths[row]));
        }

        writer.Add<sbyte>(Weights(name), TensorType.I8, [bytes.Length], bytes);
        writer.Add<float>(DenseTensors.ScaleName(Weights(name)), TensorType.F32, [scales.Length], scales);
    }

    /// <returns>[rows, columns], or null where the file has none of that name.</returns>
    /// <exception cref="LightDxmlException">Lengths, columns and weights do not fit together.</exception>
    public static SparseMatrix? Read(SafetensorsFile file, string name, int rows, int features, Precision precision)
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

        ModelTensors.Expect(file, file.Find(Weights(name), precision == Precision.Float32 ? TensorType.F32 : TensorType.I8, 1), offsets[^1]);
        if (offsets[^1] > Array.MaxLength)
            throw new LightDxmlException($"{file.Path}: '{name}' has more weights than one array holds.");
        var coded = file.Find(Columns(name), TensorType.U8, 1);
        var bytes = ModelTensors.ReadVector<byte>(file, Columns(name), TensorType.U8, coded.Shape[0]);
        var columns = new int[offsets[^1]];
        var at = 0;
        for (var row = 0; row < rows; row++)
        {
            var read = DeltaColumns.Decode(bytes.AsSpan(at), features, columns.AsSpan((int)offsets[row], lengths[row]));
            if (read < 0)
                throw new LightDxmlException($"{file.Path}: the columns of row {row} of '{name}' are damaged.");
            at += read;
        }

        return SparseMatrix.OfChecked(rows, features, offsets, [new SparseMatrix.Block(0, columns, ReadWeights(file, name, offsets, precision))]);
    }

    private static float[] ReadWeights(SafetensorsFile file, string name, long[] offsets, Precision precision)
    {
        if (precision == Precision.Float32)
            return ModelTensors.ReadVector<float>(file, Weights(name), TensorType.F32, offsets[^1]);
        var bytes = ModelTensors.ReadVector<sbyte>(file, Weights(name), TensorType.I8, offsets[^1]);
        var scales = ModelTensors.ReadVector<float>(file, DenseTensors.ScaleName(Weights(name)), TensorType.F32, offsets.Length - 1);
        var values = new float[bytes.Length];
        for (var row = 0; row < scales.Length; row++)
        {
            var range = (int)offsets[row]..(int)offsets[row + 1];
            RowQuantizer.Restore(bytes.AsSpan(range), scales[row], values.AsSpan(range));
        }

        return values;
    }

    private static string RowLengths(string name) => name + ".row_lengths";

    private static string Columns(string name) => name + ".columns";

    private static string Weights(string name) => name + ".weights";
}
