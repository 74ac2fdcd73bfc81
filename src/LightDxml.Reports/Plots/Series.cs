namespace LightDxml.Reports.Plots;

/// <summary>A line of a plot.</summary>
/// <param name="Name">For the legend and the tool tips.</param>
/// <param name="Colour">Index of the colour and marker, that of the method.</param>
/// <param name="IsDashed">Told apart from another line of the same colour.</param>
internal sealed record Series(string Name, int Colour, IReadOnlyList<SeriesPoint> Points, bool IsDashed = false, bool HasMarkers = true);

/// <param name="Text">What the point is, after the series' name.</param>
internal readonly record struct SeriesPoint(double X, double Y, string Text);
