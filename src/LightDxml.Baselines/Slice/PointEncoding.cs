using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Kernels;
using LightDxml.Models;

namespace LightDxml.Baselines.Slice;

/// <summary>What turns a point's features into a dense vector of unit length; from many threads, each with its own <see cref="CreateEncoder"/>.</summary>
internal abstract class PointEncoding
{
    private const int GrainPoints = 64;

    public abstract int Dimensions { get; }

    /// <summary>Encodes one point, not yet of unit length; for one thread.</summary>
    /// <param name="encoding">[dimensions], overwritten.</param>
    public delegate void Encoder(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<float> encoding);

    public abstract Encoder CreateEncoder();

    /// <summary>Adds what a model folder must hold.</summary>
    public virtual void AddTensors(SafetensorsWriter writer)
    {
    }

    /// <summary>[points, dimensions], rows of unit length.</summary>
    public DenseMatrix Encode(SparseMatrix points, KernelSet kernels, int threads)
    {
        var encodings = new DenseMatrix(points.RowCount, Dimensions);
        using var encoders = new ThreadLocal<Encoder>(CreateEncoder);
        RowRanges.ForEach(points.RowCount, GrainPoints, threads, (first, end) =>
        {
            for (var point = first; point < end; point++)
                encoders.Value!(points.RowColumns(point), points.RowValues(point), encodings.Row(point));
        });
        UnitEncodings.Normalize(encodings, kernels, threads);
        return encodings;
    }

    /// <summary>The encoder of a trained network.</summary>
    internal sealed class OfNetwork(DenseMatrix embeddings, DenseMatrix residualWeights, DenseMatrix residualBias) : PointEncoding
    {
        // The encoder looks at no classifier; one row stands for it.
        private readonly DenseNetwork _network = new(new DenseEmbeddings(embeddings), residualWeights, residualBias, new DenseMatrix(1, embeddings.Dimensions + 1));
        private readonly KernelSet _kernels = KernelBackends.Select();

        public override int Dimensions => embeddings.Dimensions;

        public override Encoder CreateEncoder()
        {
            var encoder = new DocumentEncoder(_network, _kernels);
            var scratch = new DocumentEncoder.Scratch(_network, _kernels);
            return (columns, values, encoding) => encoder.Encode(columns, values, encoding, scratch);
        }

        public override void AddTensors(SafetensorsWriter writer)
        {
            DenseTensors.Add(writer, "encoder.embeddings", embeddings, embeddings.Dimensions, Precision.Float32);
            DenseTensors.Add(writer, "encoder.residual.weight", residualWeights, residualWeights.Dimensions, Precision.Float32);
            DenseTensors.Add(writer, "encoder.residual.bias", residualBias, residualBias.Dimensions, Precision.Float32);
        }

        /// <exception cref="LightDxmlException">The tensors are not those of an encoder.</exception>
        public static OfNetwork Read(SafetensorsFile file, int featureCount, int dimensions) => new(
            TensorReading.Matrix(file, "encoder.embeddings", featureCount, dimensions), TensorReading.Matrix(file, "encoder.residual.weight", dimensions, dimensions),
            TensorReading.Matrix(file, "encoder.residual.bias", 1, dimensions));
    }

    internal sealed class OfProjection(int featureCount, int dimensions, int seed) : PointEncoding
    {
        private readonly RandomProjection _projection = new(featureCount, dimensions, seed);

        public override int Dimensions => dimensions;

        public override Encoder CreateEncoder() => _projection.Project;

        public override void AddTensors(SafetensorsWriter writer) => writer.Add<int>("projection.seed", TensorType.I32, [1], new[] { seed });

        /// <exception cref="LightDxmlException">The folder holds no seed.</exception>
        public static OfProjection Read(SafetensorsFile file, int featureCount, int dimensions) =>
            new(featureCount, dimensions, TensorReading.Ints(file, "projection.seed", 1, int.MinValue, int.MaxValue).Span[0]);
    }

    internal sealed class AsGiven(int featureCount) : PointEncoding
    {
        public override int Dimensions => Math.Max(1, featureCount);

        public override Encoder CreateEncoder() => static (columns, values, encoding) =>
        {
            encoding.Clear();
            for (var i = 0; i < columns.Length; i++)
                encoding[columns[i]] = values[i];
        };
    }
}
