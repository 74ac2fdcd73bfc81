namespace LightDxml.Training;

/// <summary>Sets aside a seeded share of the training points for validation.</summary>
internal static class HoldOut
{
    private const int LeastPoints = 50;
    private const int MostPoints = 5000;

    /// <returns>Point rows to train on and to validate on, both ascending; none to validate on when the set is too small for it.</returns>
    public static (int[] Train, int[] Validation) Split(int pointCount, double share, int seed)
    {
        var count = Math.Min(MostPoints, (int)(pointCount * share));
        if (share > 0 && count < LeastPoints)
            count = Math.Min(LeastPoints, pointCount / 10);
        return Draw(pointCount, count, seed);
    }

    /// <returns>All points but <paramref name="count"/>, and those that are drawn; both ascending.</returns>
    public static (int[] Train, int[] HeldOut) Draw(int pointCount, int count, int seed)
    {
        int[] points = [.. Enumerable.Range(0, pointCount)];
        new RandomNumbers(seed, RandomPurpose.HoldOut).Shuffle(points);
        var heldOut = points[..count];
        var train = points[count..];
        Array.Sort(heldOut);
        Array.Sort(train);
        return (train, heldOut);
    }
}
