using LightDxml.Cli.Output;
using LightDxml.Data;
using LightDxml.Models;

namespace LightDxml.Cli.Input;

/// <summary>Labels of a test set that training did not have.</summary>
internal static class UnseenLabels
{
    private const int Named = 5;

    // A share of the pairs of document and label below which a training set is another one, or read in another way.
    private const double Alike = 0.9;

    /// <summary>Says how many there are and names the most frequent.</summary>
    /// <param name="isKnown">Whether a label row was in training.</param>
    /// <param name="model">The model, where one is to predict them; then too many are an error.</param>
    /// <param name="areLeftOut">Whether such labels are left out, instead of missed.</param>
    /// <exception cref="LightDxmlException">The model does not know most of the test set's labels.</exception>
    public static void Check(CommandContext context, string name, SparseMatrix truth, JointLabels labels, Func<int, bool> isKnown, string? model, bool areLeftOut = false)
    {
        var counts = new Dictionary<int, int>();
        for (var document = 0; document < truth.RowCount; document++)
        {
            foreach (var label in truth.RowColumns(document))
            {
                if (!isKnown(label))
                    counts[label] = counts.GetValueOrDefault(label) + 1;
            }
        }

        if (counts.Count == 0)
            return;
        var unseen = counts.Values.Sum(count => (long)count);
        var most = string.Join(", ", counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(Named).Select(pair => $"'{labels.IdOf(pair.Key)}'"));
        var which = $"{most}{(counts.Count > Named ? ", …" : "")}";
        if (model is not null && 2 * unseen > truth.NonZeroCount)
        {
            throw new LightDxmlException(
                $"{name}: {unseen:N0} of {truth.NonZeroCount:N0} labels of documents are unknown to {model}: {which}; it knows {string.Join(", ", Enumerable.Range(0, Math.Min(Named, labels.KnownCount)).Select(row => $"'{labels.IdOf(row)}'"))}, …. Check that the test set is read as the training set was: --labels-field, --label-separator, and label ids or names.");
        }

        var (was, fate) = counts.Count == 1 ? ("was", areLeftOut ? "is left out" : "counts as missed") : ("were", areLeftOut ? "are left out" : "count as missed");
        context.Messages.WriteLine($"{name}: {Counted.Of(counts.Count, "label")}, of {unseen:N0} of {truth.NonZeroCount:N0} pairs of document and label, {was} not in training and {fate}: {which}");
    }

    /// <summary>Says where a training set that gives the propensities cannot be that of the model.</summary>
    /// <param name="frequencies">[labels] its documents of each.</param>
    /// <exception cref="LightDxmlException">None of its labels is one of the model.</exception>
    public static void CheckTraining(CommandContext context, string name, int[] frequencies, JointLabels labels, StoredModel model)
    {
        if (Array.TrueForAll(frequencies[..Math.Min(labels.KnownCount, frequencies.Length)], count => count == 0))
        {
            throw new LightDxmlException(
                $"{name}: none of its labels is a label of {model.Name}, such as '{labels.IdOf(0)}'. Check that it is the training set of the model, read as it was: --labels-field, --label-separator, and label ids or names.");
        }

        if (model.Members is not [{ LabelFrequencies: { } stored }, ..])
            return;
        var (shared, all, most) = (0L, 0L, 0);
        for (var label = 0; label < Math.Max(stored.Length, frequencies.Length); label++)
        {
            var (here, there) = Counts(label);
            (shared, all) = (shared + Math.Min(here, there), all + Math.Max(here, there));
            if (Math.Abs(here - there) > Math.Abs(Counts(most).Here - Counts(most).There))
                most = label;
        }

        if (shared < Alike * all)
            context.Messages.WriteLine($"{name}: its labels are not as frequent as those that {model.Name} was trained on; '{labels.IdOf(most)}' has {Counted.Of(Counts(most).Here, "document")} here, and had {Counts(most).There:N0}. Propensities go by this file: is it the training set, read as it was, and without --filter?");

        (int Here, int There) Counts(int label) => (label < frequencies.Length ? frequencies[label] : 0, label < stored.Length ? stored[label] : 0);
    }
}
