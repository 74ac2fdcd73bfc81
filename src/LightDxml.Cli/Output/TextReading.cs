using System.Diagnostics;
using LightDxml.Data;
using LightDxml.Text;
using LightDxml.Text.Vectors;
using LightDxml.TextEncoding;

namespace LightDxml.Cli.Output;

/// <summary>Reads raw text and says what was read.</summary>
internal static class TextReading
{
    public static FittedText Fit(CommandContext context, string path, TextReadOptions options, TextVectorizerOptions text, LabelCatalog? catalog, bool addAncestors, LabelNameSource names = LabelNameSource.None, ITextEncoder? encoder = null, Func<Func<FittedRows>, FittedRows>? kept = null)
    {
        var watch = Stopwatch.StartNew();
        var fitted = TextDataset.Fit(path, options, text, catalog, addAncestors, names, encoder, Bulk(context, path, encoder), kept);
        Say(context, path, fitted.Dataset, fitted.Vectorizer, fitted.Skipped, watch);
        foreach (var note in fitted.Notes)
            context.SayOnce(path, note);
        if (catalog is not null)
            SayUndescribed(context, path, fitted.Labels.Ids, catalog);
        return fitted;
    }

    public static Dataset Read(CommandContext context, string path, TextReadOptions options, TextVectorizer vectorizer, LabelSpace labels, LabelCatalog? catalog = null)
    {
        var watch = Stopwatch.StartNew();
        var (dataset, skipped) = TextDataset.Read(path, options, vectorizer, labels, catalog, Bulk(context, path, vectorizer.Encoder));
        Say(context, path, dataset, vectorizer, skipped, watch);
        return dataset;
    }

    /// <summary>How a file's texts are encoded: their vectors are kept for the next time, and it is said how far the work is.</summary>
    public static BulkEncoding Bulk(CommandContext context, string path, ITextEncoder? encoder) =>
        KeptVectors.Of(encoder, new EncodingDisplay(context, path), context.Stop);

    /// <summary>Says that no label was read: their field may have another name.</summary>
    public static void SayNoLabels(CommandContext context, string path) => context.Messages.WriteLine(Directory.Exists(path)
        ? $"{path}: no document has a label. Every file of a folder is a document, and a.key or a.tsv has the labels of a.txt."
        : $"{path}: no document has a label. If the file has labels, --labels-field names their field or column (meta.subjects those of objects within objects), and --format its format.");

    /// <summary>Says how many labels the labels file does not describe, as where ids are written in another way there.</summary>
    private static void SayUndescribed(CommandContext context, string path, IReadOnlyList<string> ids, LabelCatalog catalog)
    {
        string[] unknown = [.. ids.Where(id => catalog.Find(id) is null)];
        if (unknown.Length == 0)
            return;
        var all = unknown.Length == ids.Count && catalog.Entries.Count > 0 ? $"; its ids are such as '{catalog.Entries[0].Id}'" : "";
        context.Messages.WriteLine($"{path}: {unknown.Length:N0} of {Counted.Of(ids.Count, "label")} {(unknown.Length == 1 ? "is" : "are")} not in the labels file, such as '{unknown[0]}'{all}.");
    }

    /// <summary>Says how many rows were left out, and what was wrong with the first.</summary>
    public static void SaySkipped(CommandContext context, string path, SkippedRows skipped)
    {
        if (skipped.Count == 0)
            return;
        context.Messages.WriteLine($"{path}: {Counted.Of(skipped.Count, "bad row")} left out; the first:");
        foreach (var fault in skipped.FirstFaults)
            context.Messages.WriteLine($"  {fault}");
    }

    private static void Say(CommandContext context, string path, Dataset set, TextVectorizer vectorizer, SkippedRows skipped, Stopwatch watch)
    {
        var vectors = vectorizer.Encoder is { } encoder ? $"text vectors of {encoder.Name}, " : "";
        var subwords = vectorizer.SubwordCount > 0 ? $" ({vectorizer.SubwordCount:N0} of them subwords)" : "";
        context.Messages.WriteLine($"{path}: {Counted.Of(set.PointCount, "document")}, {Counted.Of(vectorizer.TermCount, "term")}{subwords}, {vectors}{Counted.Of(set.LabelCount, "label")}, read in {watch.Elapsed.TotalSeconds:N2} s");
        SaySkipped(context, path, skipped);
        context.Stop.ThrowIfCancellationRequested();
    }
}
