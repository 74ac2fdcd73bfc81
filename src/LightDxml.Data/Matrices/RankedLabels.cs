namespace LightDxml.Data;

/// <summary>
/// For each point a ranking of label rows with scores, best first, −1 marking slots that are not filled: a shortlist
/// (scores are similarities) or predictions.
/// </summary>
public sealed class RankedLabels
{
    private readonly int[] _labels;
    private readonly float[] _scores;

    /// <param name="width">Slots a point.</param>
    /// <param name="keepScores">False for rankings whose order is all that is wanted: half the memory, and no scores to ask for.</param>
    /// <exception cref="LightDxmlException">Points × width reaches 2³¹.</exception>
    public RankedLabels(int pointCount, int labelCount, int width, bool keepScores = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pointCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if ((long)pointCount * width > Array.MaxLength)
            throw new LightDxmlException($"{pointCount} documents × {width} slots are more than one ranking can hold; ask for fewer labels per document.");
        PointCount = pointCount;
        LabelCount = labelCount;
        Width = width;
        _labels = GC.AllocateUninitializedArray<int>(pointCount * width);
        _scores = keepScores ? GC.AllocateUninitializedArray<float>(pointCount * width) : [];
        Array.Fill(_labels, -1);
        Array.Fill(_scores, float.NegativeInfinity);
    }

    /// <summary>Number of points.</summary>
    public int PointCount { get; }

    /// <summary>Number of labels; label rows are below it.</summary>
    public int LabelCount { get; }

    /// <summary>Slots per point.</summary>
    public int Width { get; }

    /// <summary>Whether scores were kept.</summary>
    internal bool HasScores => _scores.Length > 0;

    /// <summary>[width] label rows of a point, best first, −1 where not filled.</summary>
    public Span<int> Labels(int point) => _labels.AsSpan(point * Width, Width);

    /// <summary>[width] scores of a point, −∞ where not filled.</summary>
    public Span<float> Scores(int point) => _scores.AsSpan(point * Width, Width);

    /// <summary>How many slots of a point are filled.</summary>
    internal int RankedCount(int point) => Labels(point).IndexOf(-1) is >= 0 and var end ? end : Width;

    /// <summary>The same ranking, which may be changed by itself.</summary>
    internal RankedLabels Copy()
    {
        var copy = new RankedLabels(PointCount, LabelCount, Width, HasScores);
        _labels.CopyTo(copy._labels, 0);
        _scores.CopyTo(copy._scores, 0);
        return copy;
    }

    /// <summary>Takes labels off a point's ranking; the others close ranks.</summary>
    /// <param name="stays">Of each place whether its label does.</param>
    internal static void KeepOnly(ReadOnlySpan<bool> stays, Span<int> labels, Span<float> scores)
    {
        var kept = 0;
        for (var place = 0; place < labels.Length && labels[place] >= 0; place++)
        {
            if (stays[place])
                (labels[kept], scores[kept++]) = (labels[place], scores[place]);
        }

        labels[kept..].Fill(-1);
        scores[kept..].Fill(float.NegativeInfinity);
    }

    /// <summary>The label rows of consecutive points, [count × width].</summary>
    public Span<int> Labels(int firstPoint, int count) => _labels.AsSpan(firstPoint * Width, count * Width);

    /// <summary>The scores of consecutive points, [count × width].</summary>
    public Span<float> Scores(int firstPoint, int count) => _scores.AsSpan(firstPoint * Width, count * Width);
}
