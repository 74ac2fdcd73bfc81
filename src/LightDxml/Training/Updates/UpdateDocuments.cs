using LightDxml.Data;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>
/// The documents of an update: the former ones and behind them the new ones. Where the former are not at hand, the labels' sparse centroids
/// stand in for them, as documents without labels: new labels find negatives among them.
/// </summary>
/// <param name="All">With rows as the model predicts them.</param>
/// <param name="Scaled">The same with rows as classifiers over features are trained on them.</param>
/// <param name="Added">The new ones of <paramref name="All"/>.</param>
/// <param name="HasFormer">Whether the former documents are at hand.</param>
/// <param name="Scale">What makes rows of <paramref name="Scaled"/> from those of <paramref name="All"/>.</param>
internal sealed record UpdateDocuments(Dataset All, Dataset Scaled, Dataset Added, bool HasFormer, float Scale)
{
    /// <summary>Documents before the first new one.</summary>
    public int FormerCount => All.PointCount - Added.PointCount;

    public static UpdateDocuments Of(Model model, Dataset added, Dataset? previous)
    {
        // Rows that keep their lengths are trained with a common scale, which the model has in its weights, and its centroids for their length.
        var scale = model.Inference.UnitRows ? 1
            : previous is null && model.Centroids is { } centroids && CommonRowScale.Lengths(centroids).Mean is > 0 and var length ? (float)length
            : CommonRowScale.Of((previous ?? added).Features);
        var former = previous ?? StandIns(model, scale);
        added = Unit(added);
        var all = former is null ? added : new Dataset(
            added.Name, SparseMatrix.Stack(Unit(former).Features, added.Features), SparseMatrix.Stack(former.Labels, added.Labels));
        var scaled = scale == 1 ? all : all with { Features = CommonRowScale.Apply(all.Features, scale) };
        return new UpdateDocuments(all, scaled, added, previous is not null, scale);

        Dataset Unit(Dataset data) => model.Inference.UnitRows ? data with { Features = UnitRows.Of(data.Features) } : data;
    }

    private static Dataset? StandIns(Model model, float scale)
    {
        if (model.Centroids is not { } centroids)
            return null;
        int[] rows = [.. Enumerable.Range(0, centroids.RowCount).Where(label => centroids.RowLength(label) > 0)];
        var documents = centroids.SelectRows(rows);
        return rows.Length == 0 ? null : new Dataset(
            "centroids", scale == 1 ? documents : documents.ScaleRows(_ => 1 / (scale * scale)), new SparseMatrix(rows.Length, model.LabelCount, new long[rows.Length + 1], []));
    }
}
