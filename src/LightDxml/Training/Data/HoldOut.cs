using LightDxml.Data;

namespace LightDxml.Training;

/// <summary>Sets aside a seeded share of the training points for validation.</summary>
internal static class HoldOut
{
    private const int LeastPoints = 50;
    private const int MostPoints = 5000;

    /// <summary>The share, or more where that is few points: up to 50, but not more than a tenth of all.</summary>
    /// <returns>Point rows to train on and to validate on, both ascending; none to validate on when the set is too small for it.</returns>
    public static (int[] Train, int[] Validation) Split(int pointCount, double share, int seed) =>
        Draw(pointCount, Math.Max(CountOf(pointCount, share), Math.Min(LeastPoints, (int)(pointCount * share))), seed);

    /// <summary>
    /// The same, but a share of few points is the tenth at most, and points with equal features are on one side: those whose copies are trained on would
    /// all be right. Copies are drawn together, with the chance of one point, so that points that have copies are not more often held out than others; more copies than half of
    /// what is held out are drawn one by one.
    /// </summary>
    /// <param name="features">[points, features].</param>
    /// <returns>Point rows to validate on, ascending.</returns>
    public static int[] Apart(SparseMatrix features, double share, int seed)
    {
        var count = CountOf(features.RowCount, share);
        var points = Shuffled(features.RowCount, seed);
        var heldOut = new List<int>(count);
        var together = count + count / 2;
        for (var start = 0; heldOut.Count < count && start < points.Length; start += together)
        {
            var lookedAt = points.AsSpan(start, Math.Min(together, points.Length - start));
            var copies = EqualRows.Of(features, lookedAt);
            foreach (var point in lookedAt)
            {
                if (heldOut.Count >= count)
                    break;
                if (!copies.TryGetValue(point, out var all) || all.Count > count / 2)
                    heldOut.Add(point);
                else if (point == all[0])
                    heldOut.AddRange(all);
            }
        }

        heldOut.Sort();
        return [.. heldOut];
    }

    /// <returns>All points but <paramref name="count"/>, and those that are drawn; both ascending.</returns>
    public static (int[] Train, int[] HeldOut) Draw(int pointCount, int count, int seed)
    {
        var points = Shuffled(pointCount, seed);
        var heldOut = points[..count];
        var train = points[count..];
        Array.Sort(heldOut);
        Array.Sort(train);
        return (train, heldOut);
    }

    private static int CountOf(int pointCount, double share)
    {
        var count = Math.Min(MostPoints, (int)(pointCount * share));
        return share > 0 && count < LeastPoints ? Math.Min(LeastPoints, pointCount / 10) : count;
    }

    private static int[] Shuffled(int pointCount, int seed)
    {
        int[] points = [.. Enumerable.Range(0, pointCount)];
        new RandomNumbers(seed, RandomPurpose.HoldOut).Shuffle(points);
        return points;
    }
}
