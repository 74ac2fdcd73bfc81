using LightDxml.Data;

namespace LightDxml.Training;

/// <summary>The settings that were left to the data, resolved for one data set.</summary>
/// <param name="Width">Labels on a shortlist.</param>
/// <param name="AllLabels">Whether every label is a negative of every point, so that there is nothing to shortlist.</param>
/// <param name="HardNegatives">Drawn from the shortlist for each point of a step.</param>
/// <param name="UniformNegatives">Drawn for each step.</param>
internal sealed record TrainingPlan(int Width, bool AllLabels, int HardNegatives, int UniformNegatives, int MaxPositives)
{
    /// <summary>Up to this many labels, every one is a negative: a step over all of them costs no more than one over a shortlist.</summary>
    private const int FewLabels = 1000;

    private const int DefaultWidth = 400;
    private const int DefaultUniform = 100;
    private const int DefaultSparseWidth = 100;

    /// <summary>Steps after which the encoder serves its heads well; more epochs raise accuracy little and cost in full.</summary>
    private const int DefaultSteps = 900;
    private const int LeastEpochs = 4;
    private const int MostEpochs = 8;

    /// <summary>Few labels are learnt against all others at once, from which an encoder goes on gaining for longer.</summary>
    private const int MostEpochsOverAllLabels = 15;

    /// <summary>
    /// Held-out points, on which the weights of the score are fitted and the head is chosen: on 300 of them the choice between two
    /// close heads is chance, while the encoder misses what is held out of a small set.
    /// </summary>
    private const double DefaultHeldOut = 1000;
    private const double LeastShare = 0.02;
    private const double MostShare = 0.07;

    /// <summary>The options with the schedule and the share held out that they leave to the data filled in.</summary>
    public static TrainingOptions Resolve(TrainingOptions options, int pointCount, int labelCount)
    {
        var schedule = options.Schedule;
        if (schedule.Epochs == 0)
        {
            var stepsPerEpoch = Math.Max(1, pointCount / schedule.BatchSize);
            var most = ShortlistWidth(options, labelCount) == labelCount ? MostEpochsOverAllLabels : MostEpochs;
            schedule = schedule with { Epochs = Math.Clamp((DefaultSteps + stepsPerEpoch - 1) / stepsPerEpoch, LeastEpochs, most) };
        }

        if (schedule.RefreshEvery == 0)
            schedule = schedule with { RefreshEvery = (schedule.Epochs + 1) / 2 };
        var validation = options.Validation;
        if (validation.Share < 0)
            validation = validation with { Share = Math.Clamp(DefaultHeldOut / Math.Max(1, pointCount), LeastShare, MostShare) };
        return options with { Schedule = schedule, Validation = validation };
    }

    public static TrainingPlan For(Dataset train, TrainingOptions options)
    {
        var labels = train.LabelCount;
        var width = ShortlistWidth(options, labels);
        var hard = options.Negatives.Hard > 0 ? Math.Min(options.Negatives.Hard, width) : width;
        var uniform = options.Negatives.Uniform >= 0 ? options.Negatives.Uniform : Math.Min(DefaultUniform, labels);
        return new TrainingPlan(width, width == labels, hard, uniform, options.Negatives.MaxPositives);
    }

    /// <summary>Labels of highest dense logit that the sparse head takes as negatives.</summary>
    public static int SparseWidth(TrainingOptions options, int labelCount)
    {
        var width = options.Sparse.Width;
        if (width == 0)
            width = labelCount <= FewLabels ? labelCount : DefaultSparseWidth;
        return Math.Min(width, labelCount);
    }

    /// <summary>Labels of highest dense logit that are scored in full in prediction.</summary>
    public static int CandidateCount(TrainingOptions options, int labelCount)
    {
        // Where all logits are looked at, three quarters as many candidates hold nearly every label that can reach the first ranks.
        var width = SparseWidth(options, labelCount);
        var scanned = labelCount <= options.Prediction.ScanLabels && width < labelCount;
        var automatic = scanned ? (3 * width + 3) / 4 : width;
        return options.Prediction.Candidates > 0 ? Math.Min(options.Prediction.Candidates, labelCount) : automatic;
    }

    /// <summary>Whether candidates are found by a label index, and not by looking at every logit.</summary>
    public static bool SearchesIndex(TrainingOptions options, int labelCount) =>
        labelCount > options.Prediction.ScanLabels && ShortlistWidth(options, labelCount) < labelCount;

    /// <summary>Labels on a shortlist: the setting, or all labels when there are few.</summary>
    public static int ShortlistWidth(TrainingOptions options, int labelCount)
    {
        var width = options.Shortlist.Width;
        if (width == 0)
            width = labelCount <= FewLabels ? labelCount : DefaultWidth;
        return Math.Min(width, labelCount);
    }
}
