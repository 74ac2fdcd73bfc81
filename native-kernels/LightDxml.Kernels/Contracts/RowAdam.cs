namespace LightDxml.Kernels;

internal abstract partial class KernelSet
{
    /// <summary>
    /// Lazy Adam fused with the gradient's gather, for each touched row t: g = Σ_{j ∈ [offsets[t], offsets[t+1])}
    /// weights[j] · sources[indices[j]], summed in order of j; then one <see cref="AdamStep"/> on row touchedRows[t] of the
    /// parameters. Rows that are not touched keep parameters and moments. Serves the embedding bag (rows are features,
    /// sources the documents' hidden gradients) and the classifier (rows are labels, sources the documents' encodings).
    /// </summary>
    /// <param name="touchedRows">[touched], distinct rows of the parameters.</param>
    /// <param name="offsets">[touched + 1].</param>
    /// <param name="sources">[sourceCount, stride].</param>
    /// <param name="parameters">[rowCount, stride], with the first and second moments of the same shape.</param>
    public abstract void RowAdam(
        ReadOnlySpan<int> touchedRows, ReadOnlySpan<int> offsets, ReadOnlySpan<int> indices, ReadOnlySpan<float> weights,
        ReadOnlySpan<float> sources, int dim, int stride, AdamStep step,
        Span<float> parameters, Span<float> firstMoments, Span<float> secondMoments);
}
