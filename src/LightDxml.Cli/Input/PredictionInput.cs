using LightDxml.Cli.Output;
using LightDxml.Data;
using LightDxml.Data.Predictions;

namespace LightDxml.Cli.Input;

/// <summary>Reads predictions for the commands that measure them, and says what their figures suffer from.</summary>
/// <param name="labels">The space of labels that they come into, with those of all sets.</param>
/// <param name="readTestIds">Gives the ids of the test set's documents, "" for one without; or null.</param>
/// <param name="ranks">Labels of a document that are looked at.</param>
/// <param name="threads">Parsing threads; 0 takes every processor.</param>
internal sealed class PredictionInput(CommandContext context, JointLabels labels, Func<IReadOnlyList<string>?> readTestIds, int ranks, int threads = 0)
{
    private readonly Lazy<IReadOnlyList<string>?> _testIds = new(readTestIds);
    private readonly int _knownLabels = labels.Count;

    /// <summary>Whether the training set is among the sets: its labels' rows are the numbers of files that have numbers alone.</summary>
    public bool HasTraining { get; init; } = true;

    /// <summary>Whether the test set is raw text, which has the labels of its own documents alone, in an order of its own.</summary>
    public bool IsText { get; init; }

    /// <summary>What does not count and is taken off, or null.</summary>
    public LabelFilter? Filter { get; init; }

    /// <returns>The predictions, and of each document whether their model knew anything of it.</returns>
    /// <exception cref="LightDxmlException">The file cannot be read, is of other documents, has numbers that do not tell labels, or knows none of the labels.</exception>
    public (RankedLabels Predictions, bool[] IsKnown) Read(string path)
    {
        var named = PredictionReader.Read(path, threads);
        if (named.Ids is { } ids && _testIds.Value is { } testIds)
            DocumentOrder.Check(path, ids, testIds);
        if (named.Names is null && !TellsRows(named))
        {
            throw new LightDxmlException(
                $"{path} numbers labels as training did, and the test set {(labels.AreNumbers ? "does not tell whether its labels, such as" : "has names, such as")} '{labels.IdOf(0)}'{(labels.AreNumbers ? ", are these numbers" : "")}: give --train, or predictions with names, as --style jsonl and csv have them.");
        }

        var predictions = labels.Join(named);
        SayUnknown(path, predictions);
        if (predictions.Width < Math.Min(ranks, _knownLabels))
            context.Messages.WriteLine($"{path}: documents have {Counted.Of(predictions.Width, "label")} at most; figures that look at the first {ranks} count what is missing as wrong.");
        return (Filter is null ? predictions : Filtered(path, predictions, Filter), named.IsKnown ?? [.. Enumerable.Repeat(true, predictions.PointCount)]);
    }

    /// <summary>A document that had as many labels as any may have had more of them, which would have moved up.</summary>
    private RankedLabels Filtered(string path, RankedLabels predictions, LabelFilter filter)
    {
        var kept = filter.Of(predictions);
        var width = predictions.Width;
        var isShort = Enumerable.Range(0, kept.PointCount).Count(document =>
            predictions.Labels(document)[^1] >= 0 && kept.Labels(document)[..Math.Min(width, Math.Min(ranks, _knownLabels - filter.CountOf(document)))].Contains(-1));
        if (isShort > 0)
            context.Messages.WriteLine($"{path}: without the pairs of --filter {Counted.Of(isShort, "document")} {(isShort == 1 ? "has" : "have")} fewer than {ranks} labels, and what is missing counts as wrong. Predictions of {ranks + filter.Widest} labels per document are enough.");
        return kept;
    }

    private bool TellsRows(NamedPredictions numbered) =>
        HasTraining || labels.Ids is null || !IsText && (labels.AreNumbers || numbered.LabelCount == labels.KnownCount);

    private void SayUnknown(string path, RankedLabels predictions)
    {
        var occurs = JointLabels.Occurring(predictions);
        if (Array.IndexOf(occurs, true, _knownLabels) is >= 0 and var first)
            context.Messages.WriteLine($"{path}: {occurs.AsSpan(_knownLabels).Count(true):N0} of {occurs.AsSpan().Count(true):N0} predicted labels are in no set that was given, such as '{labels.IdOf(first)}', and count as wrong.");
    }
}
