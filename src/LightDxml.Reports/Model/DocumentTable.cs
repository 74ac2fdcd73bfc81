namespace LightDxml.Reports.Model;

/// <summary>Test points that the methods serve worst.</summary>
/// <param name="Total">Test points with labels.</param>
/// <param name="Rows">By the mean of the methods' nDCG, worst first.</param>
internal sealed record DocumentTable(int K, int Total, IReadOnlyList<DocumentRow> Rows);

/// <param name="Id">The document's name in its source.</param>
/// <param name="Text">The beginning of its text; null where texts are not at hand.</param>
/// <param name="Features">Its features of largest value; empty where there is a text.</param>
/// <param name="Truth">Its label rows.</param>
/// <param name="Methods">One for each method.</param>
internal sealed record DocumentRow(
    int Point, string? Id, string? Title, string? Text, IReadOnlyList<DocumentFeature> Features,
    IReadOnlyList<int> Truth, IReadOnlyList<DocumentRanking> Methods);

/// <param name="Name">The feature's name, or its number.</param>
internal sealed record DocumentFeature(string Name, float Value);

/// <param name="Ndcg">nDCG at the table's k.</param>
/// <param name="Labels">Label rows, best first.</param>
/// <param name="Scores">Their scores.</param>
internal sealed record DocumentRanking(double Ndcg, IReadOnlyList<int> Labels, IReadOnlyList<float> Scores);
