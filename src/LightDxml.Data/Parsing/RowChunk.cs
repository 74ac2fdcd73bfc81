namespace LightDxml.Data.Parsing;

/// <summary>Consecutive rows of a matrix as one thread parsed them.</summary>
/// <param name="RowLengths">Entries of each row.</param>
/// <param name="Columns">Row after row, ascending within a row.</param>
/// <param name="Values">As many as columns; empty in a matrix without values.</param>
/// <param name="MaxColumn">The largest column, −1 where there is none.</param>
internal sealed record RowChunk(int[] RowLengths, int[] Columns, float[] Values, int MaxColumn);
