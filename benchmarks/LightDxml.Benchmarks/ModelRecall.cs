using System.Diagnostics;
using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Models;
using LightDxml.Shortlists;

namespace LightDxml.Benchmarks;

/// <summary>Recall of HNSW against the exact index on the label embeddings of a trained model, for the documents of a file.</summary>
internal static class ModelRecall
{
    public static void Run(string modelFolder, string dataFile)
    {
        var model = ModelFolder.Load(modelFolder);
        var kernels = KernelBackends.Select();
        var data = DatasetFile.Read(dataFile);
        var documents = new DenseMatrix(data.PointCount, model.Network.Dimensions);
        new DocumentEncoder(model.Network, kernels).Encode(UnitRows.Of(data.Features), documents, 0);
        kernels.NormalizeRows(documents.Span, documents.RowCount, documents.Dimensions, documents.Stride, documents.Span);

        // Labels without training points have no embedding, and no graph that is searched holds them.
        var labelEmbeddings = LabelledRowsIndex.Select(model.LabelEmbeddings, LabelledRowsIndex.RowsWithEmbedding(model.LabelEmbeddings));
        var exact = new ExactLabelIndex(labelEmbeddings, kernels);
        var watch = Stopwatch.StartNew();
        var graph = new HnswLabelIndex(labelEmbeddings, new HnswOptions(), kernels, 0);
        Console.WriteLine($"| {labelEmbeddings.RowCount} labels × {documents.Dimensions}, graph built in {watch.Elapsed.TotalSeconds:F2} s | recall | exact µs | hnsw µs |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var width in new[] { 10, 100, 400 })
        {
            var (expected, exactTime) = Search(exact, documents, width);
            var (found, graphTime) = Search(graph, documents, width);
            long held = 0;
            for (var point = 0; point < data.PointCount; point++)
                held += expected.Labels(point).ToArray().Intersect(found.Labels(point).ToArray()).Count();
            Console.WriteLine($"| best {width} | {held / (double)(data.PointCount * width):F4} | {exactTime:F1} | {graphTime:F1} |");
        }
    }

    private static (RankedLabels Shortlists, double Microseconds) Search(ILabelIndex index, DenseMatrix documents, int width)
    {
        var shortlists = new RankedLabels(documents.RowCount, index.LabelCount, width);
        var watch = Stopwatch.StartNew();
        index.Search(documents, shortlists, 1);
        return (shortlists, watch.Elapsed.TotalMicroseconds / documents.RowCount);
    }
}
