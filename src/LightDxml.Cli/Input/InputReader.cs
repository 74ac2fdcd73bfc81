using System.Diagnostics;
using LightDxml.Cli.Commands;
using LightDxml.Cli.Output;
using LightDxml.Data;
using LightDxml.Text;
using LightDxml.Text.Reading;

namespace LightDxml.Cli.Input;

/// <summary>Reads data sets of every form for every command, and says what was read.</summary>
/// <param name="ancestors">Of raw text the hierarchy whose ancestors documents get, or null.</param>
internal sealed class InputReader(CommandContext context, TextReadOptions read, int threads, LabelCatalog? ancestors = null)
{
    // What a file's beginning tells takes a sample of it: each is looked at once.
    private readonly Dictionary<string, TextDialect> _dialects = [];

    public bool IsText(DataSource source) => source.LabelsPath is null && TextOptions.IsText(source.Path, read);

    /// <summary>
    /// Parts labels where those of another set of raw text are parted, by what its beginning tells. Commas tell nothing: they are taken also where no
    /// label of the other set is parted. Several columns of labels are those of the other set, whatever their order.
    /// </summary>
    public InputReader Alike(DataSource other)
    {
        if (!IsText(other))
            return this;
        var (first, alike) = (DialectOf(other).Options, read);
        if (read.LabelSeparator is null && first.LabelSeparator is { } separator and not ",")
            alike = alike with { LabelSeparator = separator, IsUsualSeparator = true };
        if (read.LabelsField is not null && (first.LabelsField, first.ListColumns) != (read.LabelsField, read.ListColumns))
            alike = alike with { LabelsField = first.LabelsField, IsUsualLabelsField = true, ListColumns = first.ListColumns };
        return alike == read ? this : new InputReader(context, alike, threads, ancestors);
    }

    /// <summary>The labels of a set; features are not kept, and a file of labels alone will do.</summary>
    public InputSet ReadLabels(DataSource source)
    {
        if (!IsText(source))
        {
            return source.LabelsPath is null && DatasetFile.IsMatrix(source.Path)
                ? Say(source, () => new InputSet(Path.GetFileName(source.Path), null, DatasetFile.ReadLabelMatrix(source.Path, threads), null))
                : ReadFeatures(source) with { Features = null };
        }

        return Say(source, () =>
        {
            var found = FoundOut(source);
            var labels = Labels(source, found);
            return new InputSet(Path.GetFileName(source.Path), null, TextDataset.ReadLabelMatrix(source.Path, found, labels), labels.Ids);
        });
    }

    /// <summary>Features and labels.</summary>
    /// <param name="vectorizer">Makes features of raw text; null where the model has none.</param>
    public InputSet Read(DataSource source, Func<TextVectorizer> vectorizer)
    {
        if (!IsText(source))
            return ReadFeatures(source);
        var found = FoundOut(source);
        var labels = Labels(source, found);
        var dataset = TextReading.Read(context, source.Path, found, vectorizer(), labels);
        return new InputSet(dataset.Name, dataset.Features, dataset.Labels, labels.Ids);
    }

    /// <summary>The ids of raw text's documents, "" for one without; null of features, which have none.</summary>
    public IReadOnlyList<string>? ReadIds(DataSource source) => IsText(source) ? TextDataset.ReadIds(source.Path, FoundOut(source)) : null;

    /// <summary>The documents of raw text.</summary>
    public DocumentSource Documents(DataSource source) => IsText(source)
        ? DocumentSource.OfFile(source.Path, FoundOut(source))
        : throw new LightDxmlException($"{source.Name} holds features, not raw text; name the format of the text with --format.");

    /// <summary>A set of features; one without a file of labels has none.</summary>
    /// <param name="needsLabels">Makes a file of features alone an error.</param>
    public InputSet ReadFeatures(DataSource source, bool needsLabels = true)
    {
        if (source.LabelsPath is null && DatasetFile.IsMatrix(source.Path))
        {
            if (needsLabels)
                throw new LightDxmlException($"{source.Path} is one of the two files of the split format; give features and labels together, with a comma between: X.txt,Y.txt.");
            return Say(source, () =>
            {
                var features = DatasetFile.ReadFeatureMatrix(source.Path, threads);
                return new InputSet(Path.GetFileName(source.Path), features, new SparseMatrix(features.RowCount, 0, new long[features.RowCount + 1], []), null);
            });
        }

        return Say(source, () => Of(source.LabelsPath is null
            ? ReadOne(source.Path)
            : DatasetFile.ReadSplit(source.Path, source.LabelsPath, threads)));
    }

    /// <summary>A set whose features are of the model's vocabulary: those that it does not know are left out, and counted. Where both name their features, the names count.</summary>
    /// <param name="names">[features of the model], or null.</param>
    public SparseMatrix Fit(InputSet set, int featureCount, IReadOnlyList<string>? names)
    {
        var features = set.Features!;
        if (names is not null && set.FeatureNames is { } own && !own.SequenceEqual(names))
            return ByName(set, own, names);
        if (features.ColumnCount <= featureCount)
            return features.WithColumnCount(featureCount);
        var known = features.WithColumns(column => column < featureCount ? column : -1, featureCount);
        if (features.NonZeroCount - known.NonZeroCount is > 0 and var unknown)
            context.Messages.WriteLine($"{set.Name}: {unknown:N0} of {features.NonZeroCount:N0} feature values are of features that the model does not know (from {featureCount} on); they are left out.");
        return known;
    }

    private SparseMatrix ByName(InputSet set, IReadOnlyList<string> own, IReadOnlyList<string> names)
    {
        var columns = ColumnNames.Places(own, names);
        var known = set.Features!.WithColumns(column => columns[column], names.Count);
        if (known.NonZeroCount == 0 && set.Features.NonZeroCount > 0)
            throw new LightDxmlException($"{set.Name}: none of its features is one of training, whose names are such as '{names[0]}'; those of this file are such as '{own[0]}'.");
        if (set.Features.NonZeroCount - known.NonZeroCount is > 0 and var unknown)
            context.Messages.WriteLine($"{set.Name}: {unknown:N0} of {set.Features.NonZeroCount:N0} feature values are of features that the model does not know, such as '{own[Array.IndexOf(columns, -1)]}'; they are left out.");
        return known;
    }

    /// <summary>
    /// A set in the space of a training set: features and labels that it lacks are left out, and so are documents that lose all their labels, since
    /// nobody knows which others they might have.
    /// </summary>
    /// <param name="ids">Those of the training set's labels; null where they are numbers.</param>
    /// <exception cref="LightDxmlException">No document is left.</exception>
    public Dataset FitTo(InputSet set, Dataset train, IReadOnlyList<string>? ids)
    {
        var space = new JointLabels(ids, train.LabelCount);
        var labels = space.Join(set);
        if (space.Count > train.LabelCount)
            UnseenLabels.Check(context, set.Name, labels, space, label => label < train.LabelCount, model: null, areLeftOut: true);
        var known = labels.WithColumns(label => label < train.LabelCount ? label : -1, train.LabelCount);
        var fitted = new Dataset(set.Name, Fit(set, train.FeatureCount, train.FeatureNames), known) { LabelNames = train.LabelNames };
        int[] kept = [.. Enumerable.Range(0, known.RowCount).Where(row => known.RowLength(row) > 0 || labels.RowLength(row) == 0)];
        if (kept.Length == known.RowCount)
            return fitted;
        if (kept.Length == 0)
            throw new LightDxmlException($"{set.Name}: no document has a label of {train.Name}, so that nothing can be chosen by it. Check that both are read alike: --labels-field, --label-separator, and label ids or names.");
        context.Messages.WriteLine($"{set.Name}: {Counted.Of(known.RowCount - kept.Length, "document has", "documents have")} such labels alone and {(known.RowCount - kept.Length == 1 ? "is" : "are")} left out.");
        return fitted.SelectRows(kept);
    }

    /// <summary>How raw text is to be read, as its beginning tells; says what a user should know of it.</summary>
    public TextReadOptions FoundOut(DataSource source)
    {
        var dialect = DialectOf(source);
        foreach (var note in dialect.Notes)
            context.SayOnce(source.Path, note);
        return dialect.Options;
    }

    private LabelSpace Labels(DataSource source, TextReadOptions found)
    {
        var labels = TextDataset.ReadLabels(source.Path, found, ancestors);
        foreach (var note in DialectOf(source).NotesOn(labels.Ids))
            context.SayOnce(source.Path, note);
        return labels;
    }

    /// <summary>Numbers are what is left where nothing tells text; a file that holds none either may be text of a form to be named.</summary>
    private Dataset ReadOne(string path)
    {
        try
        {
            return DatasetFile.Read(path, new DatasetReadOptions { Threads = threads });
        }
        catch (DataFormatException fault) when (TextDialect.IsUntold(path))
        {
            throw new DataFormatException($"{fault.Message}. If it is raw text, neither its name nor its first bytes tell the format; --format names it.", fault);
        }
    }

    private TextDialect DialectOf(DataSource source)
    {
        if (!_dialects.TryGetValue(source.Path, out var dialect))
            _dialects.Add(source.Path, dialect = TextDialect.Of(source.Path, read));
        return dialect;
    }

    private static InputSet Of(Dataset dataset) => new(dataset.Name, dataset.Features, dataset.Labels, dataset.LabelNames) { FeatureNames = dataset.FeatureNames };

    private InputSet Say(DataSource source, Func<InputSet> readSet)
    {
        var watch = Stopwatch.StartNew();
        var set = readSet();
        var features = set.Features is null ? "" : $"{Counted.Of(set.Features.ColumnCount, "feature")}, ";
        context.Messages.WriteLine($"{source.Name}: {Counted.Of(set.Labels.RowCount, "document")}, {features}{Counted.Of(set.Labels.ColumnCount, "label")}, read in {watch.Elapsed.TotalSeconds:N2} s");
        context.Stop.ThrowIfCancellationRequested();
        return set;
    }
}
