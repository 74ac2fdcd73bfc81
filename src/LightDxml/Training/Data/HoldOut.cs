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
    /// all be right. More copies than half of what is held out are drawn one by one.
    /// </summary>
    /// <param name="features">[points, features].</param>
    /// <returns>Point rows to validate on, ascending.</returns>
    public static int[] Apart(SparseMatrix features, double share, int seed)
    {
        var count = CountOf(features.RowCount, share);
        // Every point that is looked at is held out, and the last one brings at most half of the count with it.
        var points = Shuffled(features.RowCount, seed).AsSpan(0, Math.Min(features.RowCount, count + count / 2));
        var copies = EqualRows.Of(features, points);
        var (heldOut, isHeldOut) = (new List<int>(count), new bool[features.RowCount]);
        foreach (var point in points)
        {
            if (heldOut.Count >= count)
                break;
            if (isHeldOut[point])
                continue;
            foreach (var copy in copies.TryGetValue(point, out var all) && all.Count <= count / 2 ? all : [point])
            {
                isHeldOut[copy] = true;
                heldOut.Add(copy);
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
