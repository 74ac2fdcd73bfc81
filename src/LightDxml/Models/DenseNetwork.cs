using LightDxml.Data;

namespace LightDxml.Models;

/// <summary>
/// The parameters of encoder and dense classifier. Encoder: h = ReLU(Σ_f x_f E_f); z = h + ReLU(W h + b). Classifier:
/// logit(l) = ⟨w_l, z⟩ + b_l.
/// </summary>
/// <param name="Embeddings">E, [features, dimensions].</param>
/// <param name="ResidualWeights">W, [dimensions, dimensions].</param>
/// <param name="ResidualBias">b, [1, dimensions].</param>
/// <param name="Classifier">[labels, dimensions + 1]: w_l, then b_l as the weight of a constant 1.</param>
internal sealed record DenseNetwork(TokenEmbeddings Embeddings, DenseMatrix ResidualWeights, DenseMatrix ResidualBias, DenseMatrix Classifier)
{
    public int FeatureCount => Embeddings.RowCount;

    public int LabelCount => Classifier.RowCount;

    public int Dimensions => Embeddings.Dimensions;
}
