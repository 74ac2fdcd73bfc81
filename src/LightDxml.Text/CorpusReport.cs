namespace LightDxml.Text;

/// <summary>What a check found in one file of documents.</summary>
/// <param name="Duplicates">Documents whose words, in their order, an earlier document of the file has.</param>
/// <param name="Empty">Documents without a word.</param>
internal sealed record SplitReport(string File, long Documents, Finding Duplicates, Finding Empty, Finding WithoutLabels, SkippedRows Skipped);

/// <summary>What a check of a training and a test file found.</summary>
/// <param name="TestInTrain">Test documents whose words, in their order, a training document has.</param>
/// <param name="OtherLabels">Documents that have the words of an earlier one, but other labels: candidates for label noise.</param>
/// <param name="UnseenLabels">Labels of test documents that no training document has.</param>
/// <param name="UnseenPairs">(document, label) pairs of the test file with such labels.</param>
/// <param name="TestPairs">All (document, label) pairs of the test file.</param>
internal sealed record CorpusReport(
    IReadOnlyList<SplitReport> Splits, Finding TestInTrain, Finding OtherLabels, Finding UnseenLabels, long UnseenPairs, long TestPairs);

/// <summary>How often something was found, and the first cases.</summary>
internal sealed record Finding(long Count, IReadOnlyList<string> Examples)
{
    private const int Kept = 5;

    internal static Finding None { get; } = new(0, []);

    internal Finding With(Func<string> example) => new(Count + 1, Examples.Count < Kept ? [.. Examples, example()] : Examples);
}
