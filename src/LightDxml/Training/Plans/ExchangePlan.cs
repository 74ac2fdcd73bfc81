using LightDxml.Data;

namespace LightDxml.Training;

/// <summary>What the processes of a group receive from each other in a training, all of them together (docs/many-machines.md has the formulas).</summary>
internal sealed record ExchangePlan(IReadOnlyList<(string What, long Bytes)> Kinds)
{
    public long Total => Kinds.Sum(kind => kind.Bytes);

    /// <param name="options">Resolved for these sizes.</param>
    public static ExchangePlan Of(RunShape shape, TrainingOptions options, int processes)
    {
        var steps = shape.Steps(options);
        long dimensions = DenseMatrix.StrideOf(options.Encoder.Dimensions), row = DenseMatrix.StrideOf(options.Encoder.Dimensions + 1), hidden = DenseMatrix.StrideOf(options.Proxy.Hidden);
        var perDocument = 4 * (3 * dimensions + row) + 8 + 4 * steps.Slots;
        if (steps.Refreshes > 0)
            perDocument += 4 * (1 + steps.Slots);
        var kinds = new List<(string What, double Bytes)>
        {
            ("steps", steps.Documents * perDocument),
            ("label embeddings", (double)steps.Embeddings * shape.Labels * (options.Proxy.Passes * (8 * hidden + 4 * dimensions + 8) + 8 * dimensions)),
            ("encodings", (double)steps.Embeddings * shape.Documents * 4 * dimensions),
        };
        if (options.Validation.Share > 0)
            kinds.Add(("best epoch", 4.0 * (shape.Features * dimensions + shape.Labels * row)));
        if (options.Head != Head.Dense)
        {
            var listed = TrainingPlan.SparseWidth(options, shape.Labels);
            if (listed < shape.Labels)
                kinds.Add(("candidates", 4.0 * shape.Documents * listed + 4.0 * shape.Labels * processes));
            kinds.Add(("sparse classifier", 2 * 8.0 * MemoryPlan.WeightsOf(shape)));
            kinds.Add(("centroids", 2 * 8.0 * shape.Labels * Math.Min(options.Shortlist.CentroidTerms, shape.FeaturesPerDocument)));
        }

        return new ExchangePlan([.. kinds.Select(kind => (kind.What, (long)(kind.Bytes * (processes - 1))))]);
    }
}
