using LightDxml.Data;
using LightDxml.Reports.Labels;

namespace LightDxml.Reports;

/// <summary>The predictions of one method.</summary>
/// <param name="Name">How the report calls it.</param>
/// <param name="Predictions">Rankings of the test points, in their order.</param>
internal sealed record MethodPredictions(string Name, RankedLabels Predictions)
{
    /// <summary>[points] whether the method knows anything of a point; null where it does of all.</summary>
    public bool[]? IsKnown { get; init; }

    /// <summary>What thresholds are to choose among: of other points the most frequent labels are ranked, which are not to be given.</summary>
    public RankedLabels ToDecide()
    {
        if (IsKnown is null || !IsKnown.Contains(false))
            return Predictions;
        var known = Predictions.Copy();
        for (var point = 0; point < known.PointCount; point++)
        {
            if (IsKnown[point])
                continue;
            known.Labels(point).Fill(-1);
            known.Scores(point).Fill(float.NegativeInfinity);
        }

        return known;
    }
}

/// <summary>What a report is made of.</summary>
/// <param name="Title">The report's heading.</param>
/// <param name="Test">The test set; its features are shown for documents without a text.</param>
/// <param name="TrainLabels">[points, labels] of the training set: frequencies and propensities come from it.</param>
/// <param name="Methods">At least one; the first is compared with each of the others, and so on.</param>
internal sealed record ReportInput(string Title, Dataset Test, SparseMatrix TrainLabels, IReadOnlyList<MethodPredictions> Methods)
{
    /// <summary>Names and depths of labels, where they are known.</summary>
    public NamedLabels? Labels { get; init; }

    /// <summary>[labels] what the data call each label; null where they number them.</summary>
    public IReadOnlyList<string>? LabelIds { get; init; }

    /// <summary>Texts of the test points, where they are at hand.</summary>
    public IReadOnlyList<DocumentText>? Texts { get; init; }

    /// <exception cref="LightDxmlException">The parts do not fit together.</exception>
    internal void Check()
    {
        if (Methods.Count == 0)
            throw new LightDxmlException("A report needs the predictions of at least one method.");
        if (Methods.GroupBy(method => method.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new LightDxmlException($"Two methods are called '{twice.Key}'.");
        if (TrainLabels.ColumnCount != Test.LabelCount)
            throw new LightDxmlException($"The training set has {TrainLabels.ColumnCount} labels, but the test set has {Test.LabelCount}.");
        if (TrainLabels.NonZeroCount == 0)
            throw new LightDxmlException("No document of the training set has a label, and a report goes by how often labels occur there.");
        if (Labels is { } labels && labels.Count != Test.LabelCount)
            throw new LightDxmlException($"There are names for {labels.Count} labels, but the test set has {Test.LabelCount}.");
        if (LabelIds is { } ids && ids.Count != Test.LabelCount)
            throw new LightDxmlException($"There are ids of {ids.Count} labels, but the test set has {Test.LabelCount}.");
        if (Texts is { } texts && texts.Count != Test.PointCount)
            throw new LightDxmlException($"There are texts of {texts.Count} documents, but the test set has {Test.PointCount}.");
        foreach (var method in Methods.Where(method => method.Predictions.PointCount != Test.PointCount))
            throw new LightDxmlException($"{method.Name}: the predictions are of {method.Predictions.PointCount} documents, but the test set has {Test.PointCount}.");
    }
}
