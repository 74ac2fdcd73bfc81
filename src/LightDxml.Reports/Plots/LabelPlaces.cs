namespace LightDxml.Reports.Plots;

/// <summary>Finds places for names beside points, so that they cover neither each other nor a point nor leave the plot, as far as that can be had.</summary>
internal sealed class LabelPlaces(double left, double right, double top, double bottom)
{
    private const double CharacterWidth = 6.2;
    private const double LineHeight = 13;
    private const double Gap = 7;
    private const double PointSize = 8;
    private readonly List<Box> _taken = [];

    /// <summary>Where a text begins, is centred or ends.</summary>
    /// <param name="IsApart">Whether it is so far from its point that a line should join them.</param>
    public readonly record struct Place(double X, double Y, string Anchor, bool IsApart);

    /// <summary>Keeps the place of a point.</summary>
    public void Occupy(double x, double y) => _taken.Add(new Box(x - PointSize / 2, y - PointSize / 2, PointSize, PointSize));

    /// <summary>Takes the best place for the name of a point.</summary>
    public Place Take(double x, double y, string name)
    {
        var width = name.Length * CharacterWidth;
        var best = Candidates(x, y, width).MinBy(candidate => Cost(candidate.Box));
        _taken.Add(best.Box);
        return best.Place;
    }

    // Beside the point, above and below it, then further away.
    private static IEnumerable<(Place Place, Box Box)> Candidates(double x, double y, double width)
    {
        foreach (var shift in (double[])[0, -LineHeight, LineHeight, -2 * LineHeight, 2 * LineHeight])
        {
            var baseLine = y + 4 + shift;
            var boxTop = baseLine - LineHeight + 3;
            yield return (new Place(x + Gap, baseLine, "start", shift != 0), new Box(x + Gap, boxTop, width, LineHeight));
            yield return (new Place(x - Gap, baseLine, "end", shift != 0), new Box(x - Gap - width, boxTop, width, LineHeight));
            if (shift != 0)
                yield return (new Place(x, baseLine, "middle", Math.Abs(shift) > LineHeight), new Box(x - width / 2, boxTop, width, LineHeight));
        }
    }

    private double Cost(Box box)
    {
        var outside = box.Area - box.Overlap(new Box(left, top, right - left, bottom - top));
        return 10 * outside + _taken.Sum(box.Overlap);
    }

    private readonly record struct Box(double X, double Y, double Width, double Height)
    {
        public double Area => Width * Height;

        public double Overlap(Box other) =>
            Math.Max(0, Math.Min(X + Width, other.X + other.Width) - Math.Max(X, other.X)) * Math.Max(0, Math.Min(Y + Height, other.Y + other.Height) - Math.Max(Y, other.Y));
    }
}
