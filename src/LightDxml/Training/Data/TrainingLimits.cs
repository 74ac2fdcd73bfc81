using LightDxml.Data;
using LightDxml.Metrics;

namespace LightDxml.Training;

/// <summary>
/// What one array must hold for a data set to be trained on, looked at before training begins: the shapes are known then, and
/// hours later is too late to say so.
/// </summary>
internal static class TrainingLimits
{
    /// <summary>More than any set is known to gain by, and few enough that a square block of them fits into an array.</summary>
    private const int MostDimensions = 1 << 14;

    /// <summary>What no setting that is left to the data can mend, looked at before anything as long as features or labels is made.</summary>
    /// <param name="options">As given, or resolved.</param>
    /// <exception cref="LightDxmlException">Parameters would not fit.</exception>
    public static void CheckCounts(int features, int labels, TrainingOptions options, long most)
    {
        // Models of earlier versions may have such settings, and are read all the same.
        var dimensions = options.Encoder.Dimensions;
        if (dimensions != 0)
            Configuration.Check.Range(dimensions, 1, MostDimensions, "encoder.dimensions");
        else
            dimensions = TrainingPlan.LeastDimensions;
        Fits(features, DenseMatrix.StrideOf(dimensions), most, $"token embeddings: {features:N0} features × {DenseMatrix.StrideOf(dimensions)} floats", "lower encoder.dimensions, text.maxFeatures or text.hashBits, or number features without gaps");
        Fits(labels, DenseMatrix.StrideOf(dimensions + 1), most, $"the dense classifier: {labels:N0} labels × {DenseMatrix.StrideOf(dimensions + 1)} floats", "lower encoder.dimensions");
    }

    /// <param name="options">Resolved for the data set.</param>
    /// <param name="processes">That divide shortlists and candidates among them.</param>
    /// <exception cref="LightDxmlException">Something would not fit, or nothing could be learnt.</exception>
    public static void Check(int points, int features, int labels, TrainingOptions options, long most, int processes = 1)
    {
        var own = (int)(((long)points + processes - 1) / processes);
        var dimensions = options.Encoder.Dimensions;
        Configuration.Check.Range(dimensions, 1, MostDimensions, "encoder.dimensions");
        Configuration.Check.Range(options.Proxy.Hidden, 1, MostDimensions, "proxy.hidden");
        Configuration.Check.Positive(options.Encoder.EmbeddingScale, "encoder.embeddingScale");
        var plan = TrainingPlan.Of(options, labels);
        CheckCounts(features, labels, options, most);
        Fits(points, DenseMatrix.StrideOf(dimensions), most, $"encodings: {points:N0} documents × {DenseMatrix.StrideOf(dimensions)} floats", "lower encoder.dimensions or train on fewer documents");
        if (!plan.AllLabels)
            Fits(own, plan.Width, most, $"shortlists: {own:N0} documents × {plan.Width} labels", "lower shortlist.width, train on fewer documents or by more ranks of mpirun");
        CheckCandidates(points, labels, options, named: 0, most, processes);
        if (options.Head != Head.Dense && Math.Min(options.Shortlist.Parts, points / options.Shortlist.PointsOfPart) is > 1 and var parts && TrainingPlan.Inference(options, points, labels).TakesParts)
            Fits(features, parts, most, $"centroids of one label: {features:N0} features × {parts} parts", "lower shortlist.parts");
        var slots = plan.AllLabels ? labels : (long)plan.MaxPositives + plan.HardNegatives;
        Fits(options.Schedule.BatchSize, slots, most, $"a step's labels: {options.Schedule.BatchSize:N0} documents × {slots:N0} labels", "lower schedule.batchSize");
    }

    /// <param name="named">Labels that names add to the candidates of a document.</param>
    /// <exception cref="LightDxmlException">The candidates of the sparse head would not fit.</exception>
    public static void CheckCandidates(int points, int labels, TrainingOptions options, int named, long most, int processes)
    {
        var own = (int)(((long)points + processes - 1) / processes);
        var width = TrainingPlan.SparseWidth(options, labels);
        if (options.Head != Head.Dense && width < labels)
            Fits(own, width + named, most, $"candidates of the sparse head: {own:N0} documents × {width + named} labels", $"lower sparse.width{(named > 0 ? " or names.candidates" : "")}, set head=dense or train on fewer documents");
    }

    /// <inheritdoc cref="Doubt(long, TrainingOptions, long)"/>
    public static string? Doubt(Dataset train, TrainingOptions options, long most) =>
        Doubt((long)LabelFrequencies.Count(train.Labels).Sum(documents => MemoryPlan.WeightsOf(documents, train.FeatureCount)), options, most);

    /// <summary>What may not fit: how many weights the sparse classifier has shows only as labels are trained, so that an estimate is no reason to refuse.</summary>
    /// <param name="weights">Estimated.</param>
    /// <returns>Null where it will fit.</returns>
    public static string? Doubt(long weights, TrainingOptions options, long most) => options.Head == Head.Dense || weights <= most ? null : FormattableString.Invariant(
        $"the sparse classifier may come to about {weights:N0} weights, and a model can hold {most:N0}; with more, the training ends without a model: raise sparse.pruneBelow ({options.Sparse.PruneBelow}) or set head=dense");

    private static void Fits(long rows, long length, long most, FormattableString what, string remedy)
    {
        if (rows * length > most)
            throw new LightDxmlException(FormattableString.Invariant($"{FormattableString.Invariant(what)} are more than the {most:N0} numbers that one array can hold; {remedy}."));
    }
}
