namespace LightDxml.Metrics;

/// <summary>Every <paramref name="Step"/>-th point from <paramref name="First"/> on: all points, or one half of them to fit on and the other to apply to.</summary>
public readonly record struct PointSlice(int First, int Step)
{
    /// <summary>Every point.</summary>
    public static PointSlice All { get; } = new(0, 1);

    /// <summary>Points 0, 2, 4, …</summary>
    public static PointSlice Even { get; } = new(0, 2);

    /// <summary>Points 1, 3, 5, …</summary>
    public static PointSlice Odd { get; } = new(1, 2);

    /// <summary>Each half with the one to fit on for it, so that no point is measured with what was fitted on it.</summary>
    public static IReadOnlyList<(PointSlice Fit, PointSlice Apply)> Halves { get; } = [(Odd, Even), (Even, Odd)];

    /// <summary>Whether the point of this row belongs to the slice.</summary>
    public bool Contains(int point) => point >= First && (point - First) % Step == 0;
}
