namespace LightDxml.Text;

/// <summary>Rows that could not be read and were left out.</summary>
/// <param name="FirstFaults">What was wrong with the first few, each with file and line.</param>
internal sealed record SkippedRows(long Count, IReadOnlyList<string> FirstFaults)
{
    private const int Kept = 5;

    public static SkippedRows None { get; } = new(0, []);

    internal SkippedRows With(string fault) => new(Count + 1, FirstFaults.Count < Kept ? [.. FirstFaults, fault] : FirstFaults);

    internal SkippedRows With(SkippedRows later) =>
        later.Count == 0 ? this : new(Count + later.Count, [.. FirstFaults.Concat(later.FirstFaults).Take(Kept)]);
}
