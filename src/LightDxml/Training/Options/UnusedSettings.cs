namespace LightDxml.Training;

/// <summary>What to say of settings that are not the standard ones, and have no effect on a training.</summary>
internal static class UnusedSettings
{
    private static readonly TrainingOptions Standard = new();

    /// <param name="options">As they were given: what they leave to the data is not filled in.</param>
    /// <param name="hasValidation">Whether validation documents are given.</param>
    public static IEnumerable<string> Of(TrainingOptions options, bool hasValidation)
    {
        if (hasValidation && options.Validation.Share != Standard.Validation.Share)
            yield return "validation.share has no effect: validation documents are given, and no training document is held out";
        if (hasValidation && options.Validation.RefitUpTo != Standard.Validation.RefitUpTo)
            yield return "validation.refitUpTo has no effect: validation documents are given, and the network has all training documents from the start";
        foreach (var note in OfHead(options, options.Head))
            yield return note;
    }

    /// <param name="head">That of the model; where it is still to be chosen, nothing is said.</param>
    public static IEnumerable<string> OfHead(TrainingOptions options, Head head)
    {
        if (head is Head.Sparse or Head.Hybrid && options.Prediction.Beta != Standard.Prediction.Beta)
            yield return "prediction.beta has no effect: a model with a sparse classifier joins its scores by weights of its own";
    }

    /// <summary>Of a training on features.</summary>
    public static IEnumerable<string> OfFeatures(TrainingOptions options)
    {
        if (options.Text != Standard.Text)
            yield return "settings of text.* have no effect on features";
        if (options.Names != Standard.Names)
            yield return "settings of names.* have no effect on features";
    }
}
