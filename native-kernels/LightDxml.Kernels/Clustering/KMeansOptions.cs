namespace LightDxml.Kernels.Clustering;

/// <summary>When k-means ends, and what becomes of empty clusters.</summary>
/// <param name="Iterations">Rounds of assignment and update at most.</param>
/// <param name="Tolerance">Rounds end when the mean similarity to the own centroid grows by less; 0 goes through all of them.</param>
/// <param name="RefillEmpty">An empty cluster takes the row farthest from its centroid, out of a cluster that keeps others; else it stays empty.</param>
internal sealed record KMeansOptions(int Iterations, double Tolerance = 0, bool RefillEmpty = false);
