using LightDxml.Cli.Output;
using LightDxml.Data;

namespace LightDxml.Cli.Input;

/// <summary>Labels of a test set that training did not have.</summary>
internal static class UnseenLabels
{
    private const int Named = 5;

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
}
