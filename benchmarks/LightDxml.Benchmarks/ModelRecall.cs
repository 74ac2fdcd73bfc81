using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Inference;
using LightDxml.Kernels;
using LightDxml.Models;

namespace LightDxml.Benchmarks;

/// <summary>Recall and cost of the label indexes on the label embeddings of a trained model, for the documents of a file.</summary>
internal static class ModelRecall
{
    private const int MostDocuments = 6_000;

    public static void Run(string modelFolder, string dataFile)
    {
        var model = ModelFolder.Load(modelFolder);
        var kernels = KernelBackends.Select();
        var features = UnitRows.Of(DatasetFile.Read(dataFile).Features);
        features = features.SelectRows([.. Enumerable.Range(0, Math.Min(MostDocuments, features.RowCount))]);
        var documents = new DenseMatrix(features.RowCount, model.Network.Dimensions);
        new DocumentEncoder(model.Network, kernels).Encode(features, documents, 0);
        UnitEncodings.Normalize(documents, kernels, 0);

        // Labels without training points have no embedding, and no index that is searched holds them.
        var labelEmbeddings = model.LabelEmbeddings.SelectRows(LabelledRowsIndex.RowsWithEmbedding(model.LabelEmbeddings));
        IndexTable.Begin();
        IndexTable.Measure($"{labelEmbeddings.RowCount} × {documents.Dimensions}", labelEmbeddings, documents, kernels, [10, 100, 400]);
    }
}
