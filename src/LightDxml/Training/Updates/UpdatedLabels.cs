using LightDxml.Data;
using LightDxml.Models;
using LightDxml.Names;
using LightDxml.Text;

namespace LightDxml.Training;

/// <summary>The labels of an updated model: which there are, in what order, and where each one stood before.</summary>
/// <param name="Rows">[all labels] the row in the model before, or −1 for a label that it lacks. Labels with rows in the classifiers come first.</param>
/// <param name="TrainedCount">Labels with rows in the classifiers; the others are found by their names alone.</param>
/// <param name="ColumnOf">[labels of the documents] the row of each in the updated model; −1 for labels that are removed.</param>
/// <param name="IsChanged">[trained labels] whether documents have the label that the model did not count for it: it is new, or others were merged into it.</param>
internal sealed record UpdatedLabels(int[] Rows, int TrainedCount, int[] ColumnOf, bool[] IsChanged)
{
    /// <summary>[all labels] as documents write them; null where labels are numbers.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>[all labels] names for people, where labels have ids beside them.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>[all labels] names to look for in documents; null where labels are not found by name.</summary>
    public LabelTexts? Texts { get; init; }

    /// <summary>The labels above others, or null.</summary>
    public LabelCatalog? Hierarchy { get; init; }

    /// <param name="ids">[labels of the documents] those of the model first; null where labels are numbers.</param>
    /// <param name="counts">[labels of the documents] documents of each, old and new.</param>
    /// <param name="edits">Labels that are removed or merged.</param>
    /// <param name="catalog">The labels file, or null.</param>
    public static UpdatedLabels Of(Model model, IReadOnlyList<string>? ids, int[] counts, LabelEdits edits, LabelCatalog? catalog)
    {
        var goesTo = Enumerable.Range(0, counts.Length).Select(edits.GoesTo).ToArray();
        var hasDocuments = new bool[counts.Length];
        for (var label = 0; label < counts.Length; label++)
        {
            if (counts[label] > 0 && goesTo[label] >= 0)
                hasDocuments[goesTo[label]] = true;
        }

        int[] kept = [.. Enumerable.Range(0, counts.Length).Where(label => goesTo[label] == label)];
        int[] trained = [.. kept.Where(label => label < model.LabelCount || hasDocuments[label] || ids is null)];
        int[] unseen = [.. kept.Where(label => label >= model.LabelCount && label < model.AllLabelCount && !hasDocuments[label] && ids is not null)];
        // A label that is not of the model, and that no document has, is one of the labels file as any other.
        var known = ids is null ? [] : ids.Where((_, label) => label < model.AllLabelCount || hasDocuments[label] || goesTo[label] != label).ToHashSet(StringComparer.Ordinal);
        LabelEntry[] more = model.AllLabelCount > model.LabelCount && catalog is not null
            ? [.. catalog.Entries.Where(entry => !known.Contains(entry.Id) && LabelTexts.AreToFind(entry))]
            : [];
        foreach (var target in edits.Merged.Values.Where(target => ids is not null && !known.Contains(ids[target]) && !more.Any(entry => entry.Id == ids[target])))
            throw new LightDxmlException($"A label is merged into '{ids![target]}', which is no label of the model and which no document has, so that it would be gone.");
        int[] order = [.. trained, .. unseen];
        var columnOf = new int[counts.Length];
        Array.Fill(columnOf, -1);
        for (var row = 0; row < trained.Length; row++)
            columnOf[trained[row]] = row;
        columnOf = Array.ConvertAll(goesTo, label => label < 0 ? -1 : columnOf[label]);
        int[] rows = [.. order.Select(label => label < model.AllLabelCount ? label : -1), .. more.Select(_ => -1)];
        string[]? allIds = ids is null ? null : [.. order.Select(label => ids[label]), .. more.Select(entry => entry.Id)];
        return new UpdatedLabels(rows, trained.Length, columnOf, Array.ConvertAll(trained, label =>
            hasDocuments[label] && (label >= model.LabelCount || model.LabelFrequencies?[label] == 0 || edits.IsTarget(label))))
        {
            Ids = allIds,
            Names = allIds is null ? null : [.. allIds.Select((id, label) => NameOf(model, rows[label], id, catalog))],
            Texts = allIds is null || model.Names is null ? null : new LabelTexts([.. allIds.Select((id, label) => TextsOf(model, rows[label], id, catalog))]),
            Hierarchy = allIds is null ? null : HierarchyOf(model, ids!, allIds, edits, catalog),
        };
    }

    /// <summary>Labels that are removed or merged are above no label any more: a later update would add them again.</summary>
    private static LabelCatalog? HierarchyOf(Model model, IReadOnlyList<string> ids, string[] allIds, LabelEdits edits, LabelCatalog? catalog)
    {
        var hierarchy = catalog is null ? model.Hierarchy : catalog.With(model.Hierarchy).Above(allIds);
        if (hierarchy is null || edits.IsEmpty)
            return hierarchy;
        var goesTo = edits.Removed.Concat(edits.Merged.Keys).ToDictionary(label => ids[label], label => edits.GoesTo(label) is >= 0 and var target ? ids[target] : null, StringComparer.Ordinal);
        return hierarchy.Edited(goesTo);
    }

    private static string NameOf(Model model, int row, string id, LabelCatalog? catalog) =>
        catalog?.Find(id) is { Name.Length: > 0 } entry ? entry.Name : row >= 0 && model.LabelNames is { } names ? names[row] : id;

    private static IReadOnlyList<string> TextsOf(Model model, int row, string id, LabelCatalog? catalog)
    {
        if (model.Training!.Options.Names.Use == LabelNameUse.Labels)
            return [id];
        return catalog?.Find(id) is { } entry ? LabelTexts.NamesOf(entry) : row >= 0 ? model.Names!.Texts.Names[row] : [];
    }

    /// <summary>[trained labels] row in the classifiers of the model before, or −1 where it had none.</summary>
    private int[] FormerRows(Model model) => [.. Rows.Take(TrainedCount).Select(row => row < model.LabelCount ? row : -1)];

    /// <summary>The model with its rows in this order. A new label has an empty row: it scores low everywhere until it is trained.</summary>
    /// <param name="documents">Training documents of the updated model.</param>
    public Model Apply(Model model, int documents)
    {
        var rows = FormerRows(model);
        var options = model.Training!.Options;
        var classifier = Of(model.Network.Classifier, rows);
        for (var label = 0; label < rows.Length; label++)
        {
            if (rows[label] < 0)
                classifier.Row(label)[model.Network.Dimensions] = (float)options.Encoder.BiasStart;
        }

        var index = model.Names is { } names && Texts is { } texts
            ? NameIndex.Build(texts, model.Vectorizer ?? throw new InvalidOperationException("Labels are found by name in text alone."), names.Endings)
            : null;
        return model with
        {
            Network = model.Network with { Classifier = classifier },
            LabelEmbeddings = Of(model.LabelEmbeddings, rows),
            Inference = TrainingPlan.Inference(options, documents, rows.Length) with
            {
                UnitRows = model.Inference.UnitRows,
                Beta = model.Inference.Beta,
                Tail = model.Inference.Tail,
                Precision = model.Inference.Precision,
                NameCandidates = model.Inference.NameCandidates,
            },
            Sparse = model.Sparse is { } sparse ? new SparseClassifier(Of(sparse.Weights, rows), Of(sparse.Biases, rows, -1)) : null,
            Centroids = model.Centroids is { } centroids ? Of(centroids, rows) : null,
            PartCentroids = model.PartCentroids is { } parts ? Of(parts, rows) : null,
            LabelFrequencies = model.LabelFrequencies is { } frequencies ? Of(frequencies, rows, 0) : null,
            Thresholds = model.Thresholds is { } thresholds ? thresholds with { PerLabel = Of(thresholds.PerLabel, rows, thresholds.Overall) } : null,
            NameStatistics = model.NameStatistics?.Select([.. Rows.Skip(TrainedCount).Select(row => row - model.LabelCount)]),
            Names = index,
            LabelIds = model.LabelIds is null ? null : Ids,
            LabelNames = model.LabelIds is null ? Ids : Names,
            Hierarchy = Hierarchy,
        };
    }

    /// <summary>The labels of documents by their rows in the updated model. A document of two labels that become one has that once.</summary>
    /// <param name="labels">[documents, labels of the documents].</param>
    /// <returns>[documents, trained labels].</returns>
    public SparseMatrix Of(SparseMatrix labels)
    {
        var offsets = new long[labels.RowCount + 1];
        var columns = new List<int>();
        var own = new SortedSet<int>();
        for (var document = 0; document < labels.RowCount; document++)
        {
            own.Clear();
            foreach (var label in labels.RowColumns(document))
            {
                if (ColumnOf[label] >= 0)
                    own.Add(ColumnOf[label]);
            }

            columns.AddRange(own);
            offsets[document + 1] = columns.Count;
        }

        return new SparseMatrix(labels.RowCount, TrainedCount, offsets, [.. columns]);
    }

    private static T[] Of<T>(T[] values, int[] rows, T missing) => Array.ConvertAll(rows, row => row < 0 ? missing : values[row]);

    private static DenseMatrix Of(DenseMatrix matrix, int[] rows)
    {
        var chosen = new DenseMatrix(rows.Length, matrix.Dimensions);
        for (var row = 0; row < rows.Length; row++)
        {
            if (rows[row] >= 0)
                matrix.Row(rows[row]).CopyTo(chosen.Row(row));
        }

        return chosen;
    }

    private static SparseMatrix Of(SparseMatrix matrix, int[] rows) => SparseMatrix.OfRows(
        Array.ConvertAll(rows, row => row < 0 ? ([], []) : (matrix.RowColumns(row).ToArray(), matrix.RowValues(row).ToArray())), matrix.ColumnCount);

    private static PartCentroids? Of(PartCentroids parts, int[] rows)
    {
        var next = new Dictionary<int, int>();
        for (var label = 0; label < rows.Length; label++)
        {
            if (rows[label] >= 0)
                next[rows[label]] = label;
        }

        int[] kept = [.. Enumerable.Range(0, parts.Labels.Length).Where(part => next.ContainsKey(parts.Labels[part])).OrderBy(part => next[parts.Labels[part]]).ThenBy(part => part)];
        return kept.Length == 0 ? null : new PartCentroids(parts.Rows.SelectRows(kept), Array.ConvertAll(kept, part => next[parts.Labels[part]]));
    }
}
