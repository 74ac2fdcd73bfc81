namespace LightDxml.Training;

/// <summary>The sizes of a training set that memory, exchanges and time follow from.</summary>
/// <param name="Labels">Labels that have documents.</param>
/// <param name="FeatureValues">Of all documents together.</param>
/// <param name="Assignments">Labels of all documents together.</param>
internal sealed record RunShape(int Documents, int Features, int Labels, long FeatureValues, long Assignments)
{
    /// <summary>On average.</summary>
    public double FeaturesPerDocument => FeatureValues / Math.Max(1.0, Documents);

    /// <summary>On average.</summary>
    public double DocumentsPerFeature => FeatureValues / Math.Max(1.0, Features);

    /// <summary>On average.</summary>
    public double DocumentsPerLabel => Assignments / Math.Max(1.0, Labels);

    /// <param name="options">Resolved for these sizes.</param>
    public TrainingSteps Steps(TrainingOptions options)
    {
        var plan = TrainingPlan.Of(options, Labels);
        var slots = plan.AllLabels ? Labels : Math.Min(plan.MaxPositives, Assignments / Math.Max(1.0, Documents)) + plan.HardNegatives + plan.UniformNegatives;
        var refreshes = plan.AllLabels ? 0 : (options.Schedule.Epochs + options.Schedule.RefreshEvery - 1) / options.Schedule.RefreshEvery;
        var isHeldOut = options.Validation.Share > 0;
        return new TrainingSteps(
            (long)(Documents * (isHeldOut ? 1 - options.Validation.Share : 1)) * options.Schedule.Epochs, slots, refreshes,
            (options.Shortlist.ByCentroids ? 0 : refreshes) + (isHeldOut ? 2 : 1));
    }
}

/// <summary>How often a training does what.</summary>
/// <param name="Documents">Documents of all steps of the network together.</param>
/// <param name="Slots">Labels that take part in a step for each of its documents.</param>
/// <param name="Refreshes">Times that shortlists are found.</param>
/// <param name="Embeddings">Times that documents are encoded and label embeddings trained.</param>
internal sealed record TrainingSteps(long Documents, double Slots, int Refreshes, int Embeddings);
