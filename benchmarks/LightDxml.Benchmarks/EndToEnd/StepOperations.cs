using LightDxml.Data;
using LightDxml.Training;

namespace LightDxml.Benchmarks.EndToEnd;

/// <summary>Counts the floating-point operations that one epoch of classifier training cannot do without.</summary>
internal static class StepOperations
{
    /// <summary>
    /// A multiply-add is two operations. Forward and backward of the embedding bag: 2 · non-zeros · d multiply-adds; of the
    /// residual block: 3 · d² a point; of the shortlist: 3 · slots · d a point. Adam's arithmetic is left out.
    /// </summary>
    public static double OfEpoch(Dataset train, TrainingOptions options)
    {
        double dimensions = options.Encoder.Dimensions;
        var (width, uniform) = Slots(train, options);
        var share = 1 - options.Validation.Share;
        var bags = 2.0 * train.Features.NonZeroCount * dimensions;
        var residual = 3 * dimensions * dimensions * train.PointCount;
        var slots = 3.0 * (width + uniform) * dimensions * train.PointCount;
        return 2 * share * (bags + residual + slots);
    }

    /// <summary>Slots a point; positives are among the shortlist as a rule, and few uniform negatives repeat it.</summary>
    private static (int Hard, int Uniform) Slots(Dataset train, TrainingOptions options)
    {
        var plan = TrainingPlan.Of(TrainingPlan.Resolve(options, train), train.LabelCount);
        return plan.AllLabels ? (plan.Width, 0) : (plan.HardNegatives, plan.UniformNegatives);
    }
}
