namespace LightDxml.Kernels;

internal abstract partial class KernelSet
{
    /// <summary>
    /// <see cref="RowRmsStep"/> fused with the gradient's gather, for each touched row t: g = Σ_{j ∈ [offsets[t], offsets[t+1])}
    /// weights[j] · sources[indices[j]], summed in order of j; then one step on row touchedRows[t] of the parameters. Rows that
    /// are not touched keep parameters and state. Serves the embedding bag (rows are features, sources the documents' hidden
    /// gradients) and the classifier (rows are labels, sources the documents' encodings).
    /// </summary>
    /// <param name="touchedRows">[touched], distinct rows of the parameters.</param>
    /// <param name="offsets">[touched + 1].</param>
    /// <param name="sources">[sourceCount, stride].</param>
    /// <param name="parameters">[rowCount, stride].</param>
    /// <param name="states">[rowCount, 2]: squared norm of the gradients, averaged, and share of the warm-up; zero before the first step.</param>
    public abstract void RowRmsProp(
        ReadOnlySpan<int> touchedRows, ReadOnlySpan<int> offsets, ReadOnlySpan<int> indices, ReadOnlySpan<float> weights,
        ReadOnlySpan<float> sources, int dim, int stride, RowRmsStep step, Span<float> parameters, Span<float> states);
}
