using LightDxml.Data;
using LightDxml.Data.Parsing;
using LightDxml.Text.Reading;
using LightDxml.Text.Terms;
using LightDxml.Text.Vectors;

namespace LightDxml.Text;

/// <summary>Makes data sets of raw text files.</summary>
internal static class TextDataset
{
    /// <summary>Fits a vectoriser on a file and reads the file with it: two passes over the text.</summary>
    /// <param name="catalog">Names of the labels, or null; labels that it does not know are called by their ids.</param>
    /// <param name="addAncestors">Adds to every point the labels above its own, as the catalog has them.</param>
    /// <param name="nameSource">By which names labels are looked for in documents.</param>
    /// <param name="encoder">The text encoder that the options name, or null where they name none.</param>
    /// <param name="bulk">How texts are encoded, where there is an encoder.</param>
    /// <param name="kept">Does the long work, or knows what it gave before; null does it.</param>
    /// <exception cref="LightDxmlException">The file cannot be read, or holds no documents.</exception>
    public static FittedText Fit(
        string path, TextReadOptions options, TextVectorizerOptions vectorizerOptions, LabelCatalog? catalog = null, bool addAncestors = false,
        LabelNameSource nameSource = LabelNameSource.None, ITextEncoder? encoder = null, BulkEncoding? bulk = null,
        Func<Func<FittedRows>, FittedRows>? kept = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(vectorizerOptions);
        var file = TextDialect.Of(path, options);
        var fitted = Fit(DocumentSource.OfFile(file), path, vectorizerOptions, options.Threads, catalog, addAncestors ? catalog : null, nameSource, encoder, bulk, kept);
        return fitted with
        {
            Reading = file.Options with { AddAncestors = addAncestors, IsFoundOut = false },
            Notes = [.. file.Notes, .. file.NotesOn(fitted.Labels.Ids), .. LabelOrder.Notes(fitted.Labels.Ids)],
        };
    }

    /// <summary>Fits a vectoriser on documents in memory and reads them with it.</summary>
    /// <param name="name">What messages call them.</param>
    /// <param name="threads">0 takes every processor. The result does not depend on it.</param>
    /// <param name="bulk">How texts are encoded, where there is an encoder, and what ends the work.</param>
    /// <exception cref="LightDxmlException">There are no documents, or none of their terms is frequent enough.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal static FittedText Fit(
        IReadOnlyCollection<TextDocument> documents, TextVectorizerOptions vectorizerOptions, string name, int threads, LabelCatalog? catalog = null,
        LabelNameSource nameSource = LabelNameSource.None, ITextEncoder? encoder = null, BulkEncoding? bulk = null) =>
        Fit(ListOf(documents, bulk), name, vectorizerOptions, threads, catalog, ancestors: null, nameSource, encoder, bulk, kept: null);

    private static FittedText Fit(
        DocumentSource source, string name, TextVectorizerOptions vectorizerOptions, int threads, LabelCatalog? catalog, LabelCatalog? ancestors,
        LabelNameSource nameSource, ITextEncoder? encoder, BulkEncoding? bulk, Func<Func<FittedRows>, FittedRows>? kept)
    {
        var rows = kept is null ? FitRows() : kept(FitRows);
        var labels = new LabelSpace(rows.LabelIds, ancestors);
        var dataset = DatasetOf(name, rows.Features, rows.Labels, rows.Vectorizer, labels, catalog);
        LabelEntry[] unseen = nameSource == LabelNameSource.Catalog ? [.. catalog!.Entries.Where(entry => labels.Find(entry.Id) < 0 && LabelTexts.AreToFind(entry))] : [];
        return new FittedText(dataset, rows.Vectorizer, labels, rows.Skipped, Reading: null)
        {
            Names = LabelTexts.Of([.. labels.Ids, .. unseen.Select(entry => entry.Id)], catalog, nameSource),
            Catalog = catalog,
            UnseenLabels = unseen,
        };

        FittedRows FitRows()
        {
            var (vectorizer, space, skipped) = FitVectorizer(source, name, vectorizerOptions, ancestors, threads, Names(catalog, nameSource), encoder);
            var read = Read(source, name, vectorizer, space, catalog, threads, WholeOf(bulk, vectorizer)).Dataset;
            return new FittedRows(vectorizer, space.Ids, skipped, read.Features, read.Labels);
        }
    }

    /// <summary>The first of the two passes of a fit.</summary>
    /// <param name="ancestors">Hierarchy whose ancestors are added to every point, or null.</param>
    /// <param name="catalog">Names of the labels, or null.</param>
    /// <param name="nameSource">By which names labels are looked for in documents.</param>
    /// <exception cref="LightDxmlException">The file cannot be read, or holds no documents.</exception>
    public static (TextVectorizer Vectorizer, LabelSpace Labels, SkippedRows Skipped) FitVectorizer(
        string path, TextReadOptions options, TextVectorizerOptions vectorizerOptions, LabelCatalog? ancestors = null, LabelCatalog? catalog = null,
        LabelNameSource nameSource = LabelNameSource.None, ITextEncoder? encoder = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(vectorizerOptions);
        return FitVectorizer(DocumentSource.OfFile(path, options), path, vectorizerOptions, ancestors, options.Threads, Names(catalog, nameSource), encoder);
    }

    private static DocumentSource ListOf(IReadOnlyCollection<TextDocument> documents, BulkEncoding? bulk) =>
        DocumentSource.OfList(documents) with { Cancellation = bulk?.Cancellation ?? CancellationToken.None };

    /// <summary>The vectoriser was fitted on as many documents as are read now.</summary>
    private static BulkEncoding WholeOf(BulkEncoding? bulk, TextVectorizer vectorizer) => (bulk ?? new BulkEncoding()) with { Texts = vectorizer.DocumentCount };

    /// <summary>The names whose words the vocabulary is to have: of the labels file all, since those of labels without documents are to be known, too.</summary>
    private static Func<IEnumerable<string>, IEnumerable<string>> Names(LabelCatalog? catalog, LabelNameSource source) => ids => source switch
    {
        LabelNameSource.Catalog => catalog!.Entries.SelectMany(LabelTexts.NamesOf),
        LabelNameSource.Ids => ids.Order(StringComparer.Ordinal),
        _ => [],
    };

    private static (TextVectorizer Vectorizer, LabelSpace Labels, SkippedRows Skipped) FitVectorizer(
        DocumentSource source, string path, TextVectorizerOptions vectorizerOptions, LabelCatalog? ancestors, int threads,
        Func<IEnumerable<string>, IEnumerable<string>> names, ITextEncoder? encoder)
    {
        var counts = CorpusCounts.Of(source, vectorizerOptions.Validate(), threads);
        if (counts.DocumentCount == 0)
            throw NoDocuments(path);
        var vectorizer = TextVectorizer.Of(counts, vectorizerOptions, names(counts.Labels), encoder);
        if (vectorizer.FeatureCount == 0)
            throw new LightDxmlException($"{path}: {NoTerms.Reason(counts, vectorizerOptions)}");
        return (vectorizer, SpaceOf(counts.Labels, ancestors), counts.Skipped);
    }

    /// <summary>Reads a file with a vectoriser that is at hand. Labels that <paramref name="labels"/> lacks are left out.</summary>
    /// <param name="bulk">How texts are encoded, where the vectoriser has an encoder.</param>
    /// <exception cref="LightDxmlException">The file cannot be read.</exception>
    public static (Dataset Dataset, SkippedRows Skipped) Read(
        string path, TextReadOptions options, TextVectorizer vectorizer, LabelSpace labels, LabelCatalog? catalog = null, BulkEncoding? bulk = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(labels);
        return Read(DocumentSource.OfFile(path, options), path, vectorizer, labels, catalog, options.Threads, bulk);
    }

    /// <summary>Reads documents in memory with a vectoriser that is at hand. Labels that <paramref name="labels"/> lacks are left out.</summary>
    /// <param name="name">What messages call them.</param>
    /// <param name="bulk">How texts are encoded, where the vectoriser has an encoder, and what ends the work.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal static Dataset Read(
        IReadOnlyCollection<TextDocument> documents, string name, TextVectorizer vectorizer, LabelSpace labels, int threads, BulkEncoding? bulk = null) =>
        Read(ListOf(documents, bulk), name, vectorizer, labels, catalog: null, threads, bulk).Dataset;

    private static (Dataset Dataset, SkippedRows Skipped) Read(
        DocumentSource source, string path, TextVectorizer vectorizer, LabelSpace labels, LabelCatalog? catalog, int threads, BulkEncoding? bulk)
    {
        var (features, ownLabels) = (new List<RowChunk>(), new List<RowChunk>());
        var skipped = ForEachRows(source, threads, vectorizer, labels, bulk, (rows, labelRows) =>
        {
            features.Add(rows);
            ownLabels.Add(labelRows);
        });
        var limit = ReadLimits.Default.MaxBlockNonZeros;
        return (DatasetOf(
            path, MatrixAssembly.Join(features, vectorizer.FeatureCount, limit, threads), MatrixAssembly.Join(ownLabels, labels.Count, limit, threads), vectorizer, labels, catalog), skipped);
    }

    private static Dataset DatasetOf(string path, SparseMatrix features, SparseMatrix truth, TextVectorizer vectorizer, LabelSpace labels, LabelCatalog? catalog) =>
        new(Path.GetFileName(path), features, truth) { FeatureNames = vectorizer.FeatureNames(), LabelNames = NamesOf(labels, catalog) };

    /// <summary>Writes a file as a cached data set, piece by piece: it need not fit into memory.</summary>
    /// <param name="labelNames">One a label row.</param>
    /// <param name="bulk">How texts are encoded, where the vectoriser has an encoder.</param>
    /// <returns>Rows that were left out.</returns>
    /// <exception cref="LightDxmlException">A file cannot be read or written.</exception>
    public static SkippedRows WriteCache(
        string path, TextReadOptions options, TextVectorizer vectorizer, LabelSpace labels, IReadOnlyList<string> labelNames, string cachePath, BulkEncoding? bulk = null)
    {
        ArgumentNullException.ThrowIfNull(vectorizer);
        ArgumentNullException.ThrowIfNull(labels);
        var (skipped, documents) = (SkippedRows.None, 0L);
        DatasetCache.Write(cachePath, writer =>
        {
            skipped = ForEachRows(DocumentSource.OfFile(path, options), options.Threads, vectorizer, labels, bulk, (rows, labelRows) =>
            {
                documents += rows.RowLengths.Length;
                writer.Append(rows, labelRows);
            });
            if (documents == 0)
                throw NoDocuments(path);
            writer.Finish(vectorizer.FeatureCount, labels.Count, labelNames);
        });
        return skipped;
    }

    /// <summary>The labels of a file's documents, without their text.</summary>
    /// <returns>[documents, labels].</returns>
    /// <exception cref="LightDxmlException">The file cannot be read.</exception>
    public static SparseMatrix ReadLabelMatrix(string path, TextReadOptions options, LabelSpace labels)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(labels);
        var chunks = new List<RowChunk>();
        DocumentSource.OfFile(path, options).ForEachRound<RowChunk>(options.Threads, () => new LabelRowsWorker(labels).Rows, chunks.AddRange);
        return MatrixAssembly.Join(chunks, labels.Count, ReadLimits.Default.MaxBlockNonZeros, options.Threads);
    }

    /// <summary>The ids of a file's documents, "" for one without.</summary>
    /// <exception cref="LightDxmlException">The file cannot be read.</exception>
    public static IReadOnlyList<string> ReadIds(string path, TextReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var ids = new List<string>();
        DocumentSource.OfFile(path, options).ForEachRound<string[]>(options.Threads, () => IdsOf, results => ids.AddRange(results.SelectMany(batch => batch)));
        return ids;
    }

    /// <summary>Every label of a file, in the order of their ids, with their ancestors where they are wanted.</summary>
    public static LabelSpace ReadLabels(string path, TextReadOptions options, LabelCatalog? ancestors = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var found = new HashSet<string>();
        DocumentSource.OfFile(path, options).ForEachRound<HashSet<string>>(options.Threads, () => LabelsOf, results =>
        {
            foreach (var labels in results)
                found.UnionWith(labels);
        });
        return SpaceOf(found, ancestors);
    }

    /// <summary>The names of a space's labels.</summary>
    public static IReadOnlyList<string> NamesOf(LabelSpace labels, LabelCatalog? catalog)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return catalog is null ? labels.Ids : [.. labels.Ids.Select(catalog.NameOf)];
    }

    /// <summary>A file without documents is mostly one that was not read as it was meant.</summary>
    public static DataFormatException NoDocuments(string path) => new(path, 0, "the file holds no documents");

    private static SkippedRows ForEachRows(
        DocumentSource source, int threads, TextVectorizer vectorizer, LabelSpace labels, BulkEncoding? bulk, Action<RowChunk, RowChunk> take) =>
        vectorizer.ForEachPiece<RowChunk>(source, threads, () => new LabelRowsWorker(labels).Rows, take, bulk);

    // One order for every number of threads, and for every order of the documents.
    private static LabelSpace SpaceOf(IEnumerable<string> ids, LabelCatalog? ancestors)
    {
        var own = ids.ToHashSet();
        if (ancestors is not null)
            own.UnionWith(own.SelectMany(ancestors.Ancestors).ToList());
        return new LabelSpace(LabelOrder.Of(own), ancestors);
    }

    private static string[] IdsOf(DocumentBatch batch) => [.. Enumerable.Range(0, batch.Count).Select(batch.Id)];

    private static HashSet<string> LabelsOf(DocumentBatch batch)
    {
        var labels = new HashSet<string>();
        for (var document = 0; document < batch.Count; document++)
        {
            for (var place = 0; place < batch.LabelCount(document); place++)
                labels.Add(System.Text.Encoding.UTF8.GetString(batch.Label(document, place)));
        }

        return labels;
    }
}
