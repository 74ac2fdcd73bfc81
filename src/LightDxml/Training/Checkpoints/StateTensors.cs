using System.Runtime.InteropServices;
using LightDxml.Data;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>Matrices and numbers of a training as tensors, bit for bit.</summary>
internal static class StateTensors
{
    extension(SafetensorsWriter writer)
    {
        public void Add(string name, DenseMatrix matrix) => DenseTensors.Add(writer, name, matrix, matrix.Dimensions, Precision.Float32);

        public void Add(string name, params float[] values) => writer.Add<float>(name, TensorType.F32, [values.Length], values);

        public void Add(string name, params double[] values) => writer.Add<double>(name, TensorType.F64, [values.Length], values);

        public void Add(string name, params int[] values) => writer.Add<int>(name, TensorType.I32, [values.Length], values);

        public void Add(string name, params long[] values) => writer.Add<long>(name, TensorType.I64, [values.Length], values);

        public void Add(string name, byte[] bytes) => writer.Add<byte>(name, TensorType.U8, [bytes.Length], bytes);

        public void Add(string name, DenseNetwork network)
        {
            writer.Add($"{name}.embeddings", network.Embeddings.ToMatrix());
            writer.Add($"{name}.residual", network.ResidualWeights);
            writer.Add($"{name}.bias", network.ResidualBias);
            writer.Add($"{name}.classifier", network.Classifier);
        }

        /// <summary>Labels alone, without scores.</summary>
        public void Add(string name, RankedLabels ranking)
        {
            writer.Add($"{name}.labels", ranking.LabelCount);
            writer.Add(name, TensorType.I32, [ranking.PointCount, ranking.Width], stream =>
            {
                for (var point = 0; point < ranking.PointCount; point++)
                    stream.Write(MemoryMarshal.AsBytes(ranking.Labels(point)));
            });
        }

        public void Add(string name, SparseMatrix matrix)
        {
            writer.Add($"{name}.columnCount", matrix.ColumnCount);
            writer.Add($"{name}.offsets", matrix.RowOffsets.ToArray());
            writer.Add($"{name}.columns", TensorType.I32, [matrix.NonZeroCount], stream =>
            {
                for (var row = 0; row < matrix.RowCount; row++)
                    stream.Write(MemoryMarshal.AsBytes(matrix.RowColumns(row)));
            });
            if (matrix.HasValues)
            {
                writer.Add($"{name}.values", TensorType.F32, [matrix.NonZeroCount], stream =>
                {
                    for (var row = 0; row < matrix.RowCount; row++)
                        stream.Write(MemoryMarshal.AsBytes(matrix.RowValues(row)));
                });
            }
        }

        /// <summary>A matrix of rows that are not joined: to join them for the file would double their memory.</summary>
        public void Add(string name, (int[] Columns, float[] Values)[] rows, int columnCount)
        {
            var offsets = new long[rows.Length + 1];
            for (var row = 0; row < rows.Length; row++)
                offsets[row + 1] = offsets[row] + rows[row].Columns.Length;
            writer.Add($"{name}.columnCount", columnCount);
            writer.Add($"{name}.offsets", offsets);
            writer.Add($"{name}.columns", TensorType.I32, [offsets[^1]], stream =>
            {
                foreach (var row in rows)
                    stream.Write(MemoryMarshal.AsBytes(row.Columns.AsSpan()));
            });
            writer.Add($"{name}.values", TensorType.F32, [offsets[^1]], stream =>
            {
                foreach (var row in rows)
                    stream.Write(MemoryMarshal.AsBytes(row.Values.AsSpan()));
            });
        }
    }

    extension(SafetensorsFile file)
    {
        public float[] Floats(string name) => Vector<float>(file, name, TensorType.F32);

        public double[] Doubles(string name) => Vector<double>(file, name, TensorType.F64);

        public int[] Whole(string name) => Vector<int>(file, name, TensorType.I32);

        public long[] Longs(string name) => Vector<long>(file, name, TensorType.I64);

        public byte[] Utf8(string name) => Vector<byte>(file, name, TensorType.U8);

        public DenseMatrix Matrix(string name)
        {
            var shape = file.Find(name, TensorType.F32, 2).Shape;
            var matrix = new DenseMatrix((int)shape[0], (int)shape[1]);
            file.Read(name, matrix);
            return matrix;
        }

        /// <summary>Fills a matrix that is there.</summary>
        public void Read(string name, DenseMatrix matrix)
        {
            var entry = ModelTensors.Expect(file, file.Find(name, TensorType.F32, 2), matrix.RowCount, matrix.Dimensions);
            for (var row = 0; row < matrix.RowCount; row++)
                file.Read(entry, (long)row * matrix.Dimensions, matrix.Row(row));
        }

        /// <summary>Reads those rows of a matrix of which the file has some.</summary>
        /// <param name="first">The row that is the file's first.</param>
        /// <param name="firstWanted">The row that is the first of <paramref name="matrix"/>.</param>
        public void ReadRows(string name, int first, DenseMatrix matrix, int firstWanted)
        {
            var entry = file.Find(name, TensorType.F32, 2);
            ModelTensors.Expect(file, entry, entry.Shape[0], matrix.Dimensions);
            var end = Math.Min(first + (int)entry.Shape[0], firstWanted + matrix.RowCount);
            for (var row = Math.Max(first, firstWanted); row < end; row++)
                file.Read(entry, (long)(row - first) * matrix.Dimensions, matrix.Row(row - firstWanted));
        }

        public DenseNetwork Network(string name) => new(
            new DenseEmbeddings(file.Matrix($"{name}.embeddings")), file.Matrix($"{name}.residual"), file.Matrix($"{name}.bias"), file.Matrix($"{name}.classifier"));

        public SparseMatrix Sparse(string name)
        {
            var offsets = file.Longs($"{name}.offsets");
            var columns = file.Find($"{name}.columns", TensorType.I32, 1);
            var values = file.Has($"{name}.values") ? file.Find($"{name}.values", TensorType.F32, 1) : null;
            var blocks = new List<SparseMatrix.Block>();
            foreach (var (first, end) in SparseMatrix.CutRows(offsets, SparseMatrix.MaxBlockNonZeros))
                blocks.Add(new SparseMatrix.Block(first, Part<int>(columns, first, end), values is null ? default(ReadOnlyMemory<float>) : Part<float>(values, first, end)));

            return new SparseMatrix(offsets.Length - 1, file.Whole($"{name}.columnCount")[0], offsets, blocks);

            T[] Part<T>(SafetensorsEntry entry, int first, int end)
                where T : unmanaged
            {
                var part = new T[offsets[end] - offsets[first]];
                file.Read<T>(entry, offsets[first], part);
                return part;
            }
        }
    }

    private static T[] Vector<T>(SafetensorsFile file, string name, TensorType type)
        where T : unmanaged
    {
        var entry = file.Find(name, type, 1);
        var vector = new T[entry.ElementCount];
        file.Read<T>(entry, 0, vector);
        return vector;
    }
}
