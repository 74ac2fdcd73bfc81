using LightDxml.Data;
using LightDxml.Training;

namespace LightDxml.Models;

/// <summary>
/// The sparse classifier as tensors: row lengths, delta-coded columns, weights (in eight bits where the dense parameters
/// take fewer: each of a label's few weights counts), biases.
/// </summary>
internal static class SparseTensors
{
    private const string RowLengths = "sparse.row_lengths";
    private const string Columns = "sparse.columns";
    private const string Weights = "sparse.weights";
    private const string Biases = "sparse.biases";

    public static void Add(SafetensorsWriter writer, SparseClassifier sparse, Precision precision)
    {
        var matrix = sparse.Weights;
        var lengths = new int[matrix.RowCount];
        var columns = new List<byte>();
        for (var row = 0; row < lengths.Length; row++)
        {
            lengths[row] = matrix.RowLength(row);
            DeltaColumns.Encode(matrix.RowColumns(row), columns);
        }

        writer.Add<int>(RowLengths, TensorType.I32, [lengths.Length], lengths);
        writer.Add<byte>(Columns, TensorType.U8, [columns.Count], columns.ToArray());
        writer.Add<float>(Biases, TensorType.F32, [lengths.Length], sparse.Biases);
        if (precision == Precision.Float32)
        {
            var values = new float[matrix.NonZeroCount];
            for (var row = 0; row < lengths.Length; row++)
                matrix.RowValues(row).CopyTo(values.AsSpan((int)matrix.RowOffsets[row]));
            writer.Add<float>(Weights, TensorType.F32, [values.Length], values);
            return;
        }

        var bytes = new sbyte[matrix.NonZeroCount];
        var scales = new float[lengths.Length];
        for (var row = 0; row < lengths.Length; row++)
        {
            scales[row] = RowQuantizer.Bytes.Scale(matrix.RowValues(row));
            RowQuantizer.Bytes.Quantize(matrix.RowValues(row), scales[row], bytes.AsSpan((int)matrix.RowOffsets[row], lengths[row]));
        }

        writer.Add<sbyte>(Weights, TensorType.I8, [bytes.Length], bytes);
        writer.Add<float>(DenseTensors.ScaleName(Weights), TensorType.F32, [scales.Length], scales);
    }

    /// <returns>The classifier, or null where the model has none.</returns>
    /// <exception cref="LightDxmlException">Lengths, columns and weights do not fit together.</exception>
    public static SparseClassifier? Read(SafetensorsFile file, int labels, int features, Precision precision)
    {
        if (!ModelTensors.Has(file, RowLengths))
            return null;
        var lengths = ModelTensors.ReadVector<int>(file, RowLengths, TensorType.I32, labels);
        var offsets = new long[labels + 1];
        for (var row = 0; row < labels; row++)
        {
            if (lengths[row] < 0 || lengths[row] > features)
                throw new LightDxmlException($"{file.Path}: row {row} of the sparse classifier cannot have {lengths[row]} weights of {features} features.");
            offsets[row + 1] = offsets[row] + lengths[row];
        }

        var coded = file.Find(Columns, TensorType.U8, 1);
        var bytes = ModelTensors.ReadVector<byte>(file, Columns, TensorType.U8, coded.Shape[0]);
        var columns = new int[offsets[^1]];
        var at = 0;
        for (var row = 0; row < labels; row++)
        {
            var read = DeltaColumns.Decode(bytes.AsSpan(at), features, columns.AsSpan((int)offsets[row], lengths[row]));
            if (read < 0)
                throw new LightDxmlException($"{file.Path}: the columns of row {row} of the sparse classifier are damaged.");
            at += read;
        }

        return new SparseClassifier(
            new SparseMatrix(labels, features, offsets, columns, ReadWeights(file, offsets, precision)),
            ModelTensors.ReadVector<float>(file, Biases, TensorType.F32, labels));
    }

    private static float[] ReadWeights(SafetensorsFile file, long[] offsets, Precision precision)
    {
        if (precision == Precision.Float32)
            return ModelTensors.ReadVector<float>(file, Weights, TensorType.F32, offsets[^1]);
        var bytes = ModelTensors.ReadVector<sbyte>(file, Weights, TensorType.I8, offsets[^1]);
        var scales = ModelTensors.ReadVector<float>(file, DenseTensors.ScaleName(Weights), TensorType.F32, offsets.Length - 1);
        var values = new float[bytes.Length];
        for (var row = 0; row < scales.Length; row++)
        {
            var range = (int)offsets[row]..(int)offsets[row + 1];
            RowQuantizer.Restore(bytes.AsSpan(range), scales[row], values.AsSpan(range));
        }

        return values;
    }
}
