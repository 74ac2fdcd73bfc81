namespace LightDxml.Training;

/// <summary>
/// The negatives of each label's linear problem: the points that have the label on their shortlist without carrying it. A label
/// that few points shortlist gets random points beside: learnt from positives alone, it would score every document high.
/// </summary>
internal sealed class NegativePoints
{
    /// <summary>Negatives of a label at least. The nearest points instead of random ones do no better and cost more than all the rest (docs/experiments.md).</summary>
    internal const int Least = 50;

    private readonly TrainingSplit _split;
    private readonly ListedPoints? _listed;
    private readonly int[] _blindPoints;
    private readonly int _seed;

    /// <param name="listed">Null where every label is on every point's shortlist, which needs no list.</param>
    public NegativePoints(TrainingSplit split, ListedPoints? listed, int seed)
    {
        _split = split;
        _seed = seed;
        _listed = listed;
        _blindPoints = [.. Enumerable.Range(0, split.All.PointCount).Where(point => !IsHeldOut(point))];
    }

    /// <summary>The negatives of one label, apart by whether they are held out; filled anew for every label.</summary>
    public sealed class Rows
    {
        public List<int> Trained { get; } = [];

        public List<int> HeldOut { get; } = [];
    }

    /// <param name="positives">The label's points, ascending.</param>
    public void Fill(int label, ReadOnlySpan<int> positives, Rows rows)
    {
        rows.Trained.Clear();
        rows.HeldOut.Clear();
        if (_listed is not null)
        {
            foreach (var point in _listed.Points.RowColumns(label))
                Add(point, rows);
        }
        else
        {
            var next = 0;
            for (var point = 0; point < _split.All.PointCount; point++)
            {
                if (next < positives.Length && positives[next] == point)
                    next++;
                else
                    Add(point, rows);
            }
        }

        if (_listed is not null && rows.Trained.Count < Least)
            Draw(label, positives, rows);
    }

    /// <summary>Adds random points that the fit may know, until there are enough or all.</summary>
    private void Draw(int label, ReadOnlySpan<int> positives, Rows rows)
    {
        var taken = new HashSet<int>(rows.Trained);
        foreach (var point in positives)
            taken.Add(point);
        if (_blindPoints.Length <= 2 * (Least + taken.Count))
        {
            rows.Trained.AddRange(_blindPoints.Where(point => !taken.Contains(point)).Take(Least - rows.Trained.Count));
            return;
        }

        var random = new RandomNumbers(_seed, RandomPurpose.SparseNegatives, label);
        while (rows.Trained.Count < Least)
        {
            var point = _blindPoints[random.Next(_blindPoints.Length)];
            if (taken.Add(point))
                rows.Trained.Add(point);
        }
    }

    private void Add(int point, Rows rows) => (IsHeldOut(point) ? rows.HeldOut : rows.Trained).Add(point);

    private bool IsHeldOut(int point) => _split.IsHeldOut is { } heldOut && heldOut[point];
}
