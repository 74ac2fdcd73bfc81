using System.Globalization;
using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Models;

namespace LightDxml.Inference;

/// <summary>Which ranked labels a document is given: those whose probability reaches a threshold, the same for all labels or one for each. It may be none.</summary>
internal sealed class Decisions
{
    /// <summary>Labels that are ranked for a document before thresholds choose among them, where no other number is asked for.</summary>
    public const int Ranks = 100;

    /// <summary>The rule of the stored threshold for all labels.</summary>
    public const string Auto = "auto";

    /// <summary>The rule of the stored threshold of each label.</summary>
    public const string PerLabel = "per-label";

    /// <summary>The rule of the stored threshold, met halfway by what is best for the F1 that a document's own probabilities promise.</summary>
    public const string Document = "document";

    /// <summary>What the rule of a wanted precision starts with.</summary>
    public const string Precision = "precision=";

    /// <summary>What is wanted of labels of which a file says nothing.</summary>
    private const double Unstated = 0.5;

    private readonly float _overall;
    private readonly float[]? _perLabel;
    private readonly float[] _tailFactors;

    /// <param name="overall">Probability that is wanted of labels without a threshold of their own.</param>
    /// <param name="perLabel">[labels], NaN where a label has none; or null.</param>
    /// <param name="tailFactors">[labels] what scores are divided by to be probabilities; null where they are.</param>
    public Decisions(float overall, float[]? perLabel = null, float[]? tailFactors = null) =>
        (_overall, _perLabel, _tailFactors) = (overall, perLabel, tailFactors ?? []);

    /// <summary>Whether a document's own probabilities have a say in its threshold.</summary>
    private bool IsByDocument { get; init; }

    /// <summary>What a hierarchy of the labels asks beside thresholds, or null.</summary>
    public LabelHierarchy? Hierarchy { get; init; }

    /// <summary>Gives every label that is ranked, but for what a hierarchy asks.</summary>
    /// <param name="model">Whose labels they are, or null where only their scores are at hand.</param>
    public static Decisions All(LabelHierarchy hierarchy, StoredModel? model) => new(float.NegativeInfinity, null, model?.Ranker.TailFactors) { Hierarchy = hierarchy };

    /// <summary>The same thresholds with what a hierarchy asks.</summary>
    public Decisions With(LabelHierarchy hierarchy) => new(_overall, _perLabel, _tailFactors) { Hierarchy = hierarchy, IsByDocument = IsByDocument };

    /// <summary>Labels to rank so that decisions leave as many as are wanted, if so many there are.</summary>
    /// <param name="top">Labels that are wanted.</param>
    public int RanksFor(int top) => Hierarchy is null && !IsByDocument && _perLabel is null && _tailFactors.Length == 0 ? top : Math.Max(top, Ranks);

    /// <param name="rule">A probability in 0..1, <c>auto</c>, <c>document</c>, <c>per-label</c> or <c>precision=0.8</c>.</param>
    /// <param name="model">Whose labels are decided on, or null where only their scores are at hand.</param>
    /// <exception cref="OptionsException">The rule is none of these.</exception>
    /// <exception cref="LightDxmlException">The model does not hold the thresholds that the rule asks for.</exception>
    public static Decisions Of(string rule, StoredModel? model)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (Number(rule) is { } probability)
            return new Decisions((float)probability, null, model?.Ranker.TailFactors);
        var wanted = rule.StartsWith(Precision, StringComparison.Ordinal) ? Number(rule[Precision.Length..]) : null;
        if (rule is not (Auto or Document or PerLabel) && wanted is not > 0)
            throw new OptionsException($"The threshold must be a probability in 0..1, {Auto}, {Document}, {PerLabel} or {Precision}0.8, but is '{rule}'.");
        if (model is null)
            throw new LightDxmlException($"The threshold '{rule}' is stored in a model, and predictions from a file have none; give a number.");
        var stored = model.Thresholds ?? throw new LightDxmlException(
            $"{model.Name} holds no thresholds: it was trained without held-out documents, with too few of them, or before thresholds were stored. Give a number, or train it on more documents.");
        if (rule is Auto or Document)
            return new Decisions(stored.Overall, null, model.Ranker.TailFactors) { IsByDocument = rule == Document };
        if (rule == PerLabel)
            return new Decisions(stored.Overall, stored.PerLabel, model.Ranker.TailFactors);
        var threshold = stored.ForPrecision(wanted!.Value) ?? throw new LightDxmlException(string.Create(
            CultureInfo.InvariantCulture, $"No threshold gave a precision of {wanted} on the held-out documents of {model.Name}; the highest that one gave is {stored.BestPrecision:F2}."));
        return new Decisions(threshold, null, model.Ranker.TailFactors);
    }

    /// <summary>The thresholds of a <see cref="ThresholdFile"/> for a model's labels, by their ids or names. Labels that the model does not know are passed over.</summary>
    /// <param name="note">Takes what should be said of labels that were passed over.</param>
    /// <exception cref="LightDxmlException">The file cannot be read or is empty, or most of its labels are not the model's.</exception>
    public static Decisions OfFile(string path, StoredModel model, Action<string>? note = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var thresholds = ThresholdFile.Read(path);
        if (thresholds.Count == 0)
            throw new LightDxmlException($"{path} holds no threshold. Each line is a label, a tab and a probability.");
        var rows = model.LabelRows();
        var perLabel = new float[model.Ranker.LabelCount];
        Array.Fill(perLabel, float.NaN);
        var (overall, known) = ((float)Unstated, 0);
        (string Label, int Line)? stranger = null;
        foreach (var (label, threshold, line) in thresholds)
        {
            if (label == ThresholdFile.Others)
            {
                overall = threshold;
            }
            else if (rows.TryGetValue(label, out var row))
            {
                perLabel[row] = threshold;
            }
            else
            {
                stranger ??= (label, line);
                continue;
            }

            known++;
        }

        // A few labels may be of another set; most of them mean that the file is.
        var strangers = $"{path}: {thresholds.Count - known} of its {thresholds.Count} labels are not labels of {model.Name}{(stranger is { } first ? $", the first of them '{first.Label}' in line {first.Line}" : "")}";
        if (2 * known < thresholds.Count || known == 0)
            throw new LightDxmlException($"{strangers}; a report calls labels as its --train does, so give it the data of this model.");
        if (known < thresholds.Count)
            note?.Invoke($"{strangers}; they are passed over.");
        return new Decisions(overall, perLabel, model.Ranker.TailFactors);
    }

    /// <summary>Takes the labels off that do not reach their threshold; the others close ranks.</summary>
    /// <param name="isKnown">[documents] whether anything is known of a document. What is ranked for others are the most frequent labels, of which a threshold gives none.</param>
    /// <param name="top">Labels that a document is given at most: those behind them have no say in which labels are the most specific ones.</param>
    public void Apply(RankedLabels predictions, ReadOnlySpan<bool> isKnown, int top = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        for (var document = 0; document < predictions.PointCount; document++)
            Apply(predictions.Labels(document), predictions.Scores(document), isKnown[document], top);
    }

    /// <summary>The same for one document.</summary>
    /// <param name="labels">[ranks] best first, from the first place without a label on −1.</param>
    /// <param name="scores">[ranks] their scores.</param>
    public void Apply(Span<int> labels, Span<float> scores, bool isKnown, int top)
    {
        if (!isKnown && _overall > 0)
        {
            labels.Fill(-1);
            scores.Fill(float.NegativeInfinity);
            return;
        }

        Hierarchy?.Raise(labels, scores, _tailFactors);
        var overall = IsByDocument ? OfDocument(labels, scores) : _overall;
        var given = new bool[labels.Length];
        for (var place = 0; place < labels.Length && labels[place] >= 0; place++)
            given[place] = Gives(labels[place], scores[place], overall);
        Hierarchy?.AddAncestors(labels, given);
        RankedLabels.KeepOnly(given, labels, scores);
        Hierarchy?.KeepMostSpecific(labels, scores, top);
    }

    private bool Gives(int label, float score, float overall) =>
        Probability(label, score) >= (_perLabel is not null && label < _perLabel.Length && !float.IsNaN(_perLabel[label]) ? _perLabel[label] : overall);

    private float Probability(int label, float score) => label < _tailFactors.Length ? score / _tailFactors[label] : score;

    /// <summary>
    /// Where probabilities are right, the F1 to expect of a document's first k labels is twice the sum of theirs over k and the sum of all, and it is best to
    /// give the labels above half of the best F1. So a document whose labels are all unsure has a lower threshold.
    /// </summary>
    private float OfDocument(ReadOnlySpan<int> labels, ReadOnlySpan<float> scores)
    {
        var count = labels.IndexOf(-1) is >= 0 and var end ? end : labels.Length;
        Span<float> probabilities = stackalloc float[Math.Min(count, Ranks)];
        for (var place = 0; place < probabilities.Length; place++)
            probabilities[place] = Probability(labels[place], scores[place]);
        probabilities.Sort();
        var (all, sum, best) = (0f, 0f, 0f);
        foreach (var probability in probabilities)
            all += probability;
        for (var given = 1; given <= probabilities.Length; given++)
        {
            sum += probabilities[^given];
            best = Math.Max(best, 2 * sum / (given + all));
        }

        return (_overall + best / 2) / 2;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1 ? number : null;
}
