using LightDxml.Data;
using LightDxml.Models;
using LightDxml.Text;

namespace LightDxml.Training;

/// <summary>Gives a model columns for terms that it lacks. They say nothing yet: their token embeddings are 0, and no classifier or centroid has them.</summary>
internal static class WiderVocabulary
{
    /// <param name="vectorizer">The model's, with terms behind its own.</param>
    public static Model Of(Model model, TextVectorizer vectorizer)
    {
        var (former, added) = (model.Vectorizer!.TermCount, vectorizer.TermCount - model.Vectorizer.TermCount);
        return model with
        {
            Vectorizer = vectorizer,
            Network = model.Network with { Embeddings = new DenseEmbeddings(Rows(model.Network.Embeddings.ToMatrix())) },
            Sparse = model.Sparse is { } sparse ? sparse with { Weights = Columns(sparse.Weights) } : null,
            Centroids = model.Centroids is { } centroids ? Columns(centroids) : null,
            PartCentroids = model.PartCentroids is { } parts ? parts with { Rows = Columns(parts.Rows) } : null,
        };

        // The numbers of a text's vector stand behind the terms.
        int Place(int column) => column < former ? column : column + added;

        SparseMatrix Columns(SparseMatrix matrix) => matrix.WithColumns(Place, vectorizer.FeatureCount);

        DenseMatrix Rows(DenseMatrix embeddings)
        {
            var rows = new DenseMatrix(vectorizer.FeatureCount, embeddings.Dimensions);
            for (var row = 0; row < embeddings.RowCount; row++)
                embeddings.Row(row).CopyTo(rows.Row(Place(row)));
            return rows;
        }
    }
}
