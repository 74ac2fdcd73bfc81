using LightDxml.Data;
using LightDxml.Names;
using LightDxml.Text;

namespace LightDxml.Training;

/// <summary>Indexes the names of labels for a training set.</summary>
internal static class NameIndexing
{
    /// <summary>Training documents by which endings are chosen.</summary>
    private const int Sample = 2000;

    /// <summary>Ranks that are looked at, as in R-precision@5.</summary>
    private const int Ranks = 5;

    /// <summary>The source of names that the options ask for.</summary>
    /// <param name="catalog">The labels file, or null.</param>
    /// <exception cref="Configuration.OptionsException">Names are asked for that the terms of the text cannot find.</exception>
    public static LabelNameSource Source(NameOptions options, TextVectorizerOptions text, LabelCatalog? catalog)
    {
        var finds = text.Unit == TermUnit.Words && text.HashBits == 0;
        if (options.Use == LabelNameUse.Labels && !finds)
            throw new Configuration.OptionsException("names.use=labels needs terms that are words: text.unit=words and text.hashBits=0.");
        return options.Use switch
        {
            LabelNameUse.Labels => LabelNameSource.Ids,
            LabelNameUse.Auto when catalog is not null && finds => LabelNameSource.Catalog,
            _ => LabelNameSource.None,
        };
    }

    /// <summary>The index over the names of the training set's labels, or null where labels are not looked for by name.</summary>
    public static NameIndex? Of(FittedText text, NameOptions options)
    {
        if (text.Names is not { } names)
            return null;
        if (options.Endings != WordEndings.Auto)
            return NameIndex.Build(names, text.Vectorizer, options.Endings);
        NameIndex? best = null;
        var most = double.NegativeInfinity;
        foreach (var endings in new[] { WordEndings.None, WordEndings.Plural, WordEndings.Prefix })
        {
            var index = NameIndex.Build(names, text.Vectorizer, endings);
            var found = RPrecision(index, text.Dataset);
            if (found > most)
                (best, most) = (index, found);
        }

        // Tried beside the others it would be taken for long texts, too, where it finds more by names alone and P@1 falls (docs/research/experiments.md).
        return best?.Endings == WordEndings.Prefix ? NameIndex.Build(names, text.Vectorizer, WordEndings.Alike) : best;
    }

    /// <summary>The mean share of a document's labels, of at most five, among the five most similar names; nothing is learnt, so nothing is held out.</summary>
    private static double RPrecision(NameIndex index, Dataset documents)
    {
        var matcher = new NameMatcher(index);
        var (labels, scores) = (new int[Ranks], new float[Ranks]);
        var sum = 0.0;
        var step = Math.Max(1, documents.PointCount / Sample);
        for (var document = 0; document < documents.PointCount; document += step)
        {
            var truth = documents.Labels.RowColumns(document);
            if (truth.IsEmpty)
                continue;
            matcher.Match(documents.Features.RowColumns(document), documents.Features.RowValues(document));
            matcher.Best(labels, scores);
            var hits = 0;
            foreach (var label in labels)
                hits += label >= 0 && truth.BinarySearch(label) >= 0 ? 1 : 0;
            sum += hits / (double)Math.Min(Ranks, truth.Length);
        }

        return sum;
    }
}
