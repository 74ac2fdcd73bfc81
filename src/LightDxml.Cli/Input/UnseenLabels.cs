using LightDxml.Cli.Output;
using LightDxml.Data;
using LightDxml.Models;

namespace LightDxml.Cli.Input;

/// <summary>Labels of a test set, or of an update, that training did not have.</summary>
internal static class UnseenLabels
{
    /// <summary>The option of <c>update</c> that takes documents whose labels are new.</summary>
    public const string AllowNew = "--allow-new-labels";
    private const int Named = 5;
    private const string Reading = "--labels-field, --label-separator, and label ids or names";

    // Of a small set with many rare labels training may lack two thirds. Where it lacks nearly all, a file is read in another way.
    private const double Misread = 0.9;

    // A share of the pairs of document and label below which a training set is another one, or read in another way.
    private const double Alike = 0.9;

    /// <summary>Says how many there are and names the most frequent.</summary>
    /// <param name="isKnown">Whether a label row was in training.</param>
    /// <param name="model">The model, where one is to predict them; then nearly all is an error.</param>
    /// <param name="areLeftOut">Whether such labels are left out, instead of missed.</param>
    /// <exception cref="LightDxmlException">The model knows next to none of the test set's labels.</exception>
    public static void Check(CommandContext context, string name, SparseMatrix truth, JointLabels labels, Func<int, bool> isKnown, string? model, bool areLeftOut = false)
    {
        var unseen = Unseen.Of(truth, labels, isKnown);
        if (unseen.Labels == 0)
            return;
        if (model is not null && unseen.IsMisread)
            throw new LightDxmlException($"{name}: {unseen.SaidOf(model)} Check that the test set is read as the training set was: {Reading}.");
        var (was, fate) = unseen.Labels == 1 ? ("was", areLeftOut ? "is left out" : "counts as missed") : ("were", areLeftOut ? "are left out" : "count as missed");
        var note = $"{name}: {Counted.Of(unseen.Labels, "label")}, of {unseen.Pairs:N0} of {unseen.AllPairs:N0} occurrences of labels, {was} not in training and {fate}: {unseen.Named}";
        context.Messages.WriteLine(unseen.IsMost
            ? $"WARNING: {note}. That is more than half. Either training lacks these labels, as it does where most labels are rare{(areLeftOut ? "" : ": then figures are low for that reason")}. Or both files are not read alike: then check {Reading}."
            : note);
    }

    /// <summary>Says where the documents of an update have labels that are new to the model.</summary>
    /// <param name="isKnown">Whether a label row is the model's, or a labels file tells of it.</param>
    /// <param name="areAllowed">Whether nearly all may be new.</param>
    /// <exception cref="LightDxmlException">The model knows next to none of the labels, and that is not allowed.</exception>
    public static void CheckNew(CommandContext context, string name, SparseMatrix added, JointLabels labels, Func<int, bool> isKnown, string model, bool areAllowed)
    {
        var unseen = Unseen.Of(added, labels, isKnown);
        if (unseen.IsMisread && !areAllowed)
            throw new LightDxmlException($"{name}: {unseen.SaidOf(model)} Check that the documents are read as those of training were: {Reading}. If the labels are new indeed, {AllowNew} adds them.");
        if (unseen.IsMost && !areAllowed)
            context.Messages.WriteLine($"WARNING: {name}: {unseen.SaidOf(model)} They are added. If they are not new, the documents are read in another way than those of training: then check {Reading}.");
    }

    /// <summary>Says where a training set that gives the propensities cannot be that of the model.</summary>
    /// <param name="frequencies">[labels] its documents of each.</param>
    /// <exception cref="LightDxmlException">None of its labels is one of the model.</exception>
    public static void CheckTraining(CommandContext context, string name, int[] frequencies, JointLabels labels, StoredModel model)
    {
        if (Array.TrueForAll(frequencies[..Math.Min(labels.KnownCount, frequencies.Length)], count => count == 0))
        {
            throw new LightDxmlException(
                $"{name}: none of its labels is a label of {model.Name}, such as '{labels.IdOf(0)}'. Check that it is the training set of the model, read as it was: {Reading}.");
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

    /// <summary>How many labels are not known.</summary>
    /// <param name="Labels">Distinct ones.</param>
    /// <param name="Pairs">Pairs of a document and one of them.</param>
    /// <param name="AllPairs">Pairs of a document and any label.</param>
    /// <param name="Named">The most frequent ones.</param>
    /// <param name="Known">Some that are known.</param>
    private sealed record Unseen(int Labels, long Pairs, long AllPairs, string Named, string Known)
    {
        public bool IsMost => 2 * Pairs > AllPairs;

        public bool IsMisread => Pairs > Misread * AllPairs;

        public string SaidOf(string model) => $"{Pairs:N0} of {AllPairs:N0} occurrences of labels are unknown to {model}: {Named}; it knows {Known}.";

        public static Unseen Of(SparseMatrix truth, JointLabels labels, Func<int, bool> isKnown)
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

            return new Unseen(
                counts.Count, counts.Values.Sum(count => (long)count), truth.NonZeroCount,
                List(counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => pair.Key), counts.Count),
                List(Enumerable.Range(0, labels.KnownCount), labels.KnownCount));

            string List(IEnumerable<int> rows, int all) =>
                $"{string.Join(", ", rows.Take(UnseenLabels.Named).Select(row => $"'{labels.IdOf(row)}'"))}{(all > UnseenLabels.Named ? ", …" : "")}";
        }
    }
}
