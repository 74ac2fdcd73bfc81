using LightDxml.Indexes;

namespace LightDxml.Training;

/// <summary>The processor seconds of a training by what it does, all processes of a group together.</summary>
internal sealed record WorkPlan(IReadOnlyList<(string What, double Seconds)> Kinds)
{
    public double Total => Kinds.Sum(kind => kind.Seconds);

    /// <param name="options">Resolved for these sizes.</param>
    public static WorkPlan Of(RunShape shape, TrainingOptions options, int processes)
    {
        var (steps, costs) = (shape.Steps(options), WorkCosts.Measured);
        double dimensions = options.Encoder.Dimensions, features = shape.FeaturesPerDocument;

        // Forward and backward of a document: its logits and their gradients, its features twice, and the hidden layer three times.
        var arithmetic = 4 * steps.Slots * dimensions + 4 * features * dimensions + 6 * dimensions * dimensions;

        // Labels and features that a step touches, as if they were drawn evenly.
        double batch = options.Schedule.BatchSize, count = steps.Documents / batch;
        var touched = Touched(shape.Labels, batch * steps.Slots) + Touched(shape.Features, batch * features);
        var pairs = steps.Embeddings * options.Proxy.Passes * (double)shape.Assignments;
        var kinds = new List<(string What, double Seconds)>
        {
            ("start and reading", processes * (costs.Start + costs.FeatureValue * shape.FeatureValues)),
            ("steps", steps.Documents * (costs.Operation * arithmetic + costs.Slot * steps.Slots)),
            ("moving rows", processes * dimensions * (steps.Documents * costs.AddedFloat * (steps.Slots + features) + count * costs.MovedFloat * touched)),
            ("label embeddings", steps.Embeddings * costs.Operation * (options.Proxy.Passes * 12.0 * shape.Labels * options.Proxy.Hidden * dimensions + (double)shape.Documents * dimensions * (2 * features + 2 * dimensions))
                + 3 * costs.AddedFloat * dimensions * pairs),
        };
        var searches = steps.Refreshes;
        if (options.Head != Head.Dense)
        {
            var listed = TrainingPlan.SparseWidth(options, shape.Labels);
            searches += TrainingPlan.SearchesIndex(options, shape.Labels) ? 1 : 0;
            kinds.Add(("sparse classifier", costs.SparseLabel * shape.Labels
                + costs.SparseValue * features * (Math.Max(shape.Documents * (double)listed, (double)NegativePoints.Least * shape.Labels) + shape.Assignments)));
            if (!TrainingPlan.SearchesIndex(options, shape.Labels))
                kinds.Add(("candidates", 2 * costs.Operation * shape.Documents * shape.Labels * dimensions));
        }

        if (searches > 0 && !options.Shortlist.ByCentroids)
        {
            var width = TrainingPlan.ShortlistWidth(options, shape.Labels);
            var work = new ShortlistWork(shape.Documents, searches, shape.Labels, options.Encoder.Dimensions, width, new IvfOptions(options.Shortlist.Clusters, options.Shortlist.Probes));

            // Every validation and the calibration build an index of their own, too.
            var indexes = searches + (options.Validation.Share > 0 && TrainingPlan.SearchesIndex(options, shape.Labels) ? options.Schedule.Epochs + 1 : 0);
            kinds.Add(("searches", work.ThreadSeconds + searches * costs.Selected * width * shape.Documents));
            kinds.Add(("indexes", processes * indexes * work.BuildingThreadSeconds));
        }

        if (processes > 1)
            kinds.Add(("exchanges", costs.ReceivedByte * ExchangePlan.Of(shape, options, processes).Total));
        return new WorkPlan(kinds);

        static double Touched(double rows, double draws) => rows * (1 - Math.Exp(-draws / rows));
    }
}
