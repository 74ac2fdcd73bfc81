using System.Globalization;
using LightDxml.Inference;
using LightDxml.Models;

namespace LightDxml.Cli.Output;

/// <summary>The numbers by which a model's labels stand in files of numbers: rows, but where training data numbered few of many labels, those numbers.</summary>
/// <param name="Count">Numbers are below it.</param>
/// <param name="Of">The number of a label.</param>
internal sealed record LabelNumbers(int Count, Func<ScoredLabel, int> Of)
{
    /// <exception cref="LightDxmlException">A number is beyond what such files hold.</exception>
    public static LabelNumbers OfModel(StoredModel model)
    {
        var names = model.WrittenLabels;
        if (model.Vectorizer is not null || names is null || !names.All(name => long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            return new LabelNumbers(model.Ranker.LabelCount, label => label.Row);
        var most = names.Max(Number);
        return new LabelNumbers((int)Math.Min(most + 1, int.MaxValue), label => Number(label.Id) is < int.MaxValue and var number
            ? (int)number
            : throw new LightDxmlException($"The label {label.Id} is beyond the numbers that this format of predictions has; take --style jsonl, csv or omikuji."));
    }

    private static long Number(string name) => long.Parse(name, CultureInfo.InvariantCulture);
}
