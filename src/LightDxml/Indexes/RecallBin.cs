namespace LightDxml.Indexes;

/// <summary>Recall of the labels of some training frequencies.</summary>
/// <param name="Least">Training points of the bin's labels at least.</param>
/// <param name="Most">At most; <see cref="int.MaxValue"/> in the last bin.</param>
/// <param name="Pairs">(point, label) pairs of the bin.</param>
/// <param name="Recall">Share of them whose label is on its point's shortlist, in 0..1; 1 without pairs.</param>
internal sealed record RecallBin(int Least, int Most, long Pairs, double Recall)
{
    public override string ToString() =>
        FormattableString.Invariant($"{(Most == int.MaxValue ? $"{Least}+" : Least == Most ? $"{Least}" : $"{Least}-{Most}")}: {Recall:P1}");
}
