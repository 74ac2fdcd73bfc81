using LightDxml.Data;

namespace LightDxml.Models;

/// <summary>Brings a model's parameters to the precision that they are stored with, so that storing loses nothing more.</summary>
internal static class ModelPrecision
{
    private const int BlockRows = 512;

    /// <returns>A model whose parameters are rounded to <paramref name="precision"/>, with its settings saying so; the given one stays as it is.</returns>
    public static Model Apply(Model model, Precision precision, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        var inference = model.Inference with { Precision = precision };
        if (DenseTensors.Quantizer(precision) is not { } quantizer)
            return model with { Inference = inference };
        var network = model.Network;
        return model with
        {
            Inference = inference,
            Network = network with
            {
                Embeddings = new DenseEmbeddings(Rounded(network.Embeddings.ToMatrix(), network.Dimensions, quantizer.Round, threads)),
                ResidualWeights = Rounded(
                    network.ResidualWeights, network.Dimensions, DenseTensors.Quantizer(ModelTensors.ResidualPrecision(precision))!.Round, threads),
                Classifier = Rounded(network.Classifier, network.Dimensions, quantizer.Round, threads),
            },
            LabelEmbeddings = Rounded(model.LabelEmbeddings, network.Dimensions, quantizer.RoundToUnit, threads),
            Centroids = model.Centroids is { } centroids ? Rounded(centroids) : null,
            PartCentroids = model.PartCentroids is { } parts ? parts with { Rows = Rounded(parts.Rows) } : null,
            Sparse = model.Sparse is { } sparse ? sparse with { Weights = Rounded(sparse.Weights) } : null,
        };
    }

    private delegate void RowRounding(Span<float> row);

    private static DenseMatrix Rounded(DenseMatrix matrix, int columns, RowRounding round, int threads)
    {
        var rounded = matrix.Clone();
        RowRanges.ForEach(matrix.RowCount, BlockRows, threads, (first, end) =>
        {
            for (var row = first; row < end; row++)
                round(rounded.Row(row)[..columns]);
        });
        return rounded;
    }

    private static SparseMatrix Rounded(SparseMatrix weights) => weights.ChangeRows(static (_, values) => RowQuantizer.Bytes.Round(values));
}
