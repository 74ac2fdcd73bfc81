namespace LightDxml.Data.Formats;

/// <summary>What the entries <c>index:value</c> of a matrix file are; messages and the treatment of values go by it.</summary>
/// <param name="RowName">What the header counts first.</param>
/// <param name="ColumnName">What the header counts second.</param>
/// <param name="IndexName">What an index is called.</param>
/// <param name="KeepsValues">Otherwise an entry only says that a label is there or is not (<see cref="LabelValue"/>).</param>
internal sealed record MatrixKind(string RowName, string ColumnName, string IndexName, bool KeepsValues)
{
    public static MatrixKind Features { get; } = new("rows", "columns", "feature", KeepsValues: true);

    public static MatrixKind Labels { get; } = new("rows", "columns", "label", KeepsValues: false);

    public static MatrixKind Scores { get; } = new("documents", "labels", "label", KeepsValues: true);
}
