using LightDxml.Data;
using LightDxml.Metrics;

namespace LightDxml.Training;

/// <summary>
/// The training points, apart by what may learn from them. Until score weights are fitted and the head is chosen on the points held
/// out, a phase gets <see cref="Blind"/> alone: whatever has seen a held-out label, if only by counting it, is misjudged by that
/// label. Only the final refit and the model's statistics take <see cref="All"/>.
/// </summary>
internal sealed class TrainingSplit
{
    private int[]? _blindFrequencies;
    private int[]? _allFrequencies;
    private readonly Lazy<Dataset?> _fitted;

    private TrainingSplit(Dataset all, Dataset blind, Dataset? heldOut, bool[]? isHeldOut)
    {
        (All, Blind, HeldOut, IsHeldOut) = (all, blind, heldOut, isHeldOut);
        _fitted = new Lazy<Dataset?>(Telling);
    }

    /// <summary>Every training point.</summary>
    public Dataset All { get; }

    /// <summary>The training points without those held out.</summary>
    public Dataset Blind { get; }

    /// <summary>The points that epoch, weights and head are chosen on: training points held out, or those of a validation file; null where there are none.</summary>
    public Dataset? HeldOut { get; }

    /// <summary>
    /// The points of <see cref="HeldOut"/> that scores are fitted on, null where there are none. Of a point without features no score is asked, and
    /// of one whose labels no blind point has, every score is that of a wrong label, which the finished model's will not be.
    /// </summary>
    public Dataset? Fitted => _fitted.Value;

    /// <summary>[points of <see cref="All"/>] whether a point is held out; null where none is.</summary>
    public bool[]? IsHeldOut { get; }

    /// <summary>[labels] points of <see cref="Blind"/> with the label: what fits and choices go by.</summary>
    public int[] BlindFrequencies => _blindFrequencies ??= LabelFrequencies.Count(Blind.Labels);

    /// <summary>[labels] points of <see cref="All"/> with the label: what the model stores.</summary>
    public int[] AllFrequencies => _allFrequencies ??= IsHeldOut is null ? BlindFrequencies : LabelFrequencies.Count(All.Labels);

    /// <summary>The given validation points, or a seeded share of the training points where there are none.</summary>
    /// <param name="unitRows">Whether rows have unit norm, and are to keep it.</param>
    /// <param name="isKept">Of a feature whether a model knows it although no document has it, such as a word of a label's name; null where there is none.</param>
    public static TrainingSplit Of(Dataset train, Dataset? validation, double share, int seed, bool unitRows = false, Predicate<int>? isKept = null)
    {
        if (validation is not null || share == 0)
            return new TrainingSplit(train, train, validation, null);
        var heldOut = HoldOut.Apart(train.Features, share, seed);
        return heldOut.Length > 0 ? HoldingOut(train, heldOut, unitRows, isKept) : new TrainingSplit(train, train, null, null);
    }

    private Dataset? Telling()
    {
        if (HeldOut is not { } heldOut)
            return null;
        int[] telling = [.. Enumerable.Range(0, heldOut.PointCount).Where(point => heldOut.Features.RowLength(point) > 0 && (heldOut.Labels.RowLength(point) == 0 || IsKnown(heldOut.Labels.RowColumns(point))))];
        return telling.Length == heldOut.PointCount ? heldOut : telling.Length > 0 ? View(heldOut, telling) : null;
    }

    /// <summary>Nearly all rows: in place their features take no memory of their own.</summary>
    private static Dataset View(Dataset data, int[] rows) =>
        new(data.Name, data.Features.ViewRows(rows), data.Labels.SelectRows(rows)) { FeatureNames = data.FeatureNames, LabelNames = data.LabelNames };

    private bool IsKnown(ReadOnlySpan<int> labels)
    {
        foreach (var label in labels)
        {
            if (BlindFrequencies[label] > 0)
                return true;
        }

        return false;
    }

    /// <summary>
    /// The training points with some of them held out. These lose the features that no other point has, as documents to predict have none but those of
    /// training: a vocabulary that was counted with them would make their rows unlike the rows of others.
    /// </summary>
    /// <param name="heldOut">Their rows, ascending.</param>
    /// <param name="unitRows">Whether rows have unit norm, and are to keep it.</param>
    /// <param name="isKept">Of a feature whether it stays in any case; null where none does.</param>
    public static TrainingSplit HoldingOut(Dataset train, int[] heldOut, bool unitRows = false, Predicate<int>? isKept = null)
    {
        var isHeldOut = new bool[train.PointCount];
        foreach (var point in heldOut)
            isHeldOut[point] = true;
        int[] blind = [.. Enumerable.Range(0, train.PointCount).Where(point => !isHeldOut[point])];
        var rest = View(train, blind);
        var documents = rest.Features.RowsPerColumn();
        var apart = train.SelectRows(heldOut);
        if (Enumerable.Range(0, apart.PointCount).Any(point => HasOther(apart.Features.RowColumns(point))))
        {
            var known = apart.Features.WithColumns(column => IsKnown(column) ? column : -1, train.FeatureCount);
            apart = apart with { Features = unitRows ? known.ChangeRows((row, values) => Lengthen(known.RowColumns(row), values)) : known };
        }

        return new TrainingSplit(train, rest, apart, isHeldOut);

        bool IsKnown(int column) => documents[column] > 0 || isKept?.Invoke(column) == true;

        bool HasOther(ReadOnlySpan<int> columns)
        {
            foreach (var column in columns)
            {
                if (!IsKnown(column))
                    return true;
            }

            return false;
        }

        // Features of every document, such as the numbers of a text vector, keep their share of the row.
        void Lengthen(ReadOnlySpan<int> columns, Span<float> values)
        {
            var (always, others) = (0.0, 0.0);
            for (var place = 0; place < values.Length; place++)
            {
                if (documents[columns[place]] == rest.PointCount)
                    always += (double)values[place] * values[place];
                else
                    others += (double)values[place] * values[place];
            }

            var scale = others > 0 ? Math.Sqrt(Math.Max(0, 1 - always) / others) : always > 0 ? 1 / Math.Sqrt(always) : 1;
            for (var place = 0; place < values.Length; place++)
            {
                if (others == 0 || documents[columns[place]] < rest.PointCount)
                    values[place] = (float)(values[place] * scale);
            }
        }
    }
}
