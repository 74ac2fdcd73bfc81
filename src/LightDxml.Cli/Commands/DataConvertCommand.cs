using System.CommandLine;
using System.Globalization;
using LightDxml.Cli.Input;
using LightDxml.Cli.Output;
using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Data.Arff;
using LightDxml.Models;
using LightDxml.Storage;
using LightDxml.Text;
using LightDxml.Text.Vectors;
using LightDxml.TextEncoding;
using LightDxml.Training;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml data convert</c>: raw text to raw text, raw text to features, features to features.</summary>
internal sealed class DataConvertCommand : Command, IHasExamples
{
    private const string XmlRepository = "xml", SvmLight = "svm", Cache = "cache";

    private readonly CommandContext _context;
    private readonly Argument<string> _input = new("FILE") { Description = $"What to convert: {DataSource.Forms}." };
    private readonly Option<string> _to = new("--to") { Description = "Format to write: one of raw text, or of features: xml (XML repository), svm (svmlight), cache (binary, to train from without reading it into memory).", Required = true };
    private readonly Option<string> _output = CommonOptions.File("--output", "File to write.", required: true);
    private readonly Option<string> _model = CommonOptions.Folder("--model", "Model whose vocabulary and labels turn text into features.");
    private readonly Option<string> _fitOn = CommonOptions.File("--fit-on", "Training text to fit the vocabulary on and to take the labels from; without it and --model, the input itself.");
    private readonly Option<string[]> _set = CommonOptions.Set("Settings of text, as in train: text.maxNgram=1.");
    private readonly Option<string> _labelNames = CommonOptions.File("--write-label-names", "Also write the names of the labels, one per line.");
    private readonly Option<string> _terms = CommonOptions.File("--write-terms", "Also write the terms, one per line.");
    private readonly Option<bool> _unitRows = new("--unit-rows") { Description = "Scale the rows of a cache to unit length, which training would do in memory. Not for features of different kinds, such as measurements: training brings these to one scale first, and leaves rows of unit length as they are." };
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly TextOptions _read;
    private readonly LabelOptions _labels;

    public DataConvertCommand(CommandContext context)
        : base("convert", "Write a data file in another format: text as text, text as TF-IDF features, features as features.")
    {
        _context = context;
        _to.AcceptOnlyFromAmong([XmlRepository, SvmLight, Cache, .. TextOptions.FormatNames.Keys.Where(name => name != "auto")]);
        Add(_input);
        foreach (var option in new Option[] { _to, _output, _model, _fitOn, _set, _labelNames, _terms, _unitRows, _threads })
            Add(option);
        _read = new TextOptions(this);
        _labels = new LabelOptions(this);
        Validators.Add(result =>
        {
            if (result.GetValue(_model) is not null && result.GetValue(_fitOn) is not null)
                result.AddError("Give --model or --fit-on, not both.");
        });
        SetAction(Run);
    }

    public IReadOnlyList<string> Examples =>
    [
        "lightdxml data convert train.jsonl --to xml --output train.txt.gz --set text.maxNgram=1",
        "lightdxml data convert test.jsonl --fit-on train.jsonl --to xml --output test.txt.gz --set text.maxNgram=1",
        "lightdxml data convert test.jsonl --model model --to svm --output test.svm",
        "lightdxml data convert train.txt --to cache --output train.cache --unit-rows",
        "lightdxml data convert articles.json --to jsonl --output articles.jsonl.br",
    ];

    private int Run(ParseResult arguments)
    {
        var (input, to) = (arguments.GetRequiredValue(_input), arguments.GetRequiredValue(_to));
        var threads = arguments.GetValue(_threads);
        var files = FilesRead.Of(arguments, _input, _fitOn, _labels.File);
        foreach (var file in new[] { _output, _labelNames, _terms })
            OutputFile.Check(arguments.GetValue(file), files);
        var reader = new InputReader(_context, _read.Of(arguments, threads, Reading(arguments)), threads);
        var isText = reader.IsText(DataSource.Of(input));
        if (TextOptions.FormatNames.TryGetValue(to, out var format))
        {
            if (!isText)
                throw new LightDxmlException($"{input} holds features: their text is not known, so they cannot be written as {to}.");
            Refuse(arguments, $"where raw text is written as {to}", _fitOn, _set, _labelNames, _terms, _unitRows, _labels.File);
            WriteText(input, reader.FoundOut(DataSource.Of(input)), format, arguments.GetRequiredValue(_output));
        }
        else if (isText)
        {
            Refuse(arguments, "on features of raw text, whose rows have unit length", _unitRows);
            if (arguments.GetValue(_model) is not null)
                Refuse(arguments, "with --model, whose vocabulary is taken as it is", _set);
            WritePointsOfText(arguments, input, reader, to);
        }
        else
        {
            _read.RefuseForFeatures(arguments, input, _model, _fitOn, _set, _terms);
            _labels.RefuseForFeatures(arguments, input);
            WritePoints(arguments, input, to, threads);
        }

        _context.Output.WriteLine($"{arguments.GetRequiredValue(_output)}: written.");
        return ExitCode.Success;
    }

    private static void Refuse(ParseResult arguments, string where, params Option[] options)
    {
        if (options.FirstOrDefault(option => arguments.GetResult(option) is { Implicit: false }) is { } given)
            throw new LightDxmlException($"{given.Name} has no effect {where}. Leave it out.");
    }

    /// <summary>How the text of the model was read that features are made for, or null.</summary>
    private TextReadOptions? Reading(ParseResult arguments)
    {
        if (arguments.GetValue(_model) is not { } folder)
            return null;
        using var model = ModelStore.Open(folder);
        return model.Reading;
    }

    private void WriteText(string input, TextReadOptions read, TextFormat format, string output)
    {
        var (documents, hasLabels) = (0L, false);
        TextFile.Write(Documents(), output, format);
        if (!hasLabels)
            TextReading.SayNoLabels(_context, input);

        IEnumerable<TextDocument> Documents()
        {
            foreach (var document in TextFile.Read(input, read, skipped => TextReading.SaySkipped(_context, input, skipped)))
            {
                documents++;
                hasLabels |= document.Labels.Count > 0;
                yield return document;
            }

            if (documents == 0)
                throw TextDataset.NoDocuments(input);
        }
    }

    private void WritePoints(ParseResult arguments, string input, string to, int threads)
    {
        var options = new DatasetReadOptions { Threads = threads };
        var source = DataSource.Of(input);
        var output = arguments.GetRequiredValue(_output);
        var (unitRows, namesFile) = (arguments.GetValue(_unitRows), arguments.GetValue(_labelNames));
        if (unitRows && to != Cache)
            throw new LightDxmlException($"--unit-rows is for a cache, and not for {to}.");
        if (to == Cache && namesFile is null && source.LabelsPath is null && !DatasetCache.Recognizes(input) && !ArffReader.Recognizes(input))
        {
            DatasetCache.Convert(input, options, output, unitRows);
            return;
        }

        var points = Points(new InputReader(_context, new TextReadOptions(), threads).ReadFeatures(source));
        if (points.LabelNames is null && namesFile is not null)
            throw new LightDxmlException($"--write-label-names has nothing to write: the labels of {input} are numbers without names.");
        if (to != Cache && namesFile is null && HaveGaps(points.LabelNames))
            throw new LightDxmlException($"The labels of {input} are numbers with gaps, and {to} would number them anew, from 0. --write-label-names FILE keeps the numbers, one per line.");
        Write(unitRows ? points with { Features = UnitRows.Of(points.Features) } : points, output, to);
        WriteLines(namesFile, points.LabelNames ?? []);
    }

    private void WritePointsOfText(ParseResult arguments, string input, InputReader reader, string to)
    {
        var corpus = arguments.GetValue(_fitOn) ?? input;
        var corpusRead = reader.FoundOut(DataSource.Of(corpus));
        var read = corpus == input ? corpusRead : reader.Alike(DataSource.Of(corpus)).FoundOut(DataSource.Of(input));
        var catalog = _labels.Read(arguments, read);
        using var model = arguments.GetValue(_model) is { } folder ? ModelStore.Open(folder) : null;
        var ancestors = _labels.Ancestors(arguments, catalog ?? model?.Hierarchy, read);
        var settings = arguments.GetValue(_set) ?? [];
        var options = settings.Aggregate(new TrainingOptions(), Settings.Apply).Validate();
        if (settings.FirstOrDefault(setting => !setting.TrimStart().StartsWith("text.", StringComparison.Ordinal) && !setting.TrimStart().StartsWith("names.use", StringComparison.Ordinal)) is { } other)
            throw new LightDxmlException($"{other} has no effect on features: only settings of text.* and names.use have. Leave it out.");
        using var encoder = model is null ? TextEncoders.Open(options.Text) : null;
        var (vectorizer, labels) = model is null
            ? Fitted(corpus, corpusRead, options, ancestors, catalog, encoder)
            : (model.RequireVectorizer(), new LabelSpace(model.WrittenLabels ?? [], ancestors));
        var terms = arguments.GetValue(_terms) is null ? [] : vectorizer.Terms() ?? throw new LightDxmlException("Hashed terms have no names to write.");
        // Labels that only this file has follow those of training.
        if (model is not null || corpus != input)
            labels = labels.With(TextDataset.ReadLabels(input, read, ancestors).Ids);
        if (labels.Count == 0)
            TextReading.SayNoLabels(_context, input);
        if (LabelOrder.Of(labels.Ids).SequenceEqual(labels.Ids))
        {
            foreach (var note in LabelOrder.Notes(labels.Ids))
                _context.SayOnce(input, note);
        }

        var names = TextDataset.NamesOf(labels, catalog);
        var output = arguments.GetRequiredValue(_output);
        if (to == Cache)
            TextReading.SaySkipped(_context, input, TextDataset.WriteCache(input, read, vectorizer, labels, names, output, TextReading.Bulk(_context, input, vectorizer.Encoder)));
        else
            Write(NotEmpty(input, TextReading.Read(_context, input, read, vectorizer, labels, catalog)), output, to);
        WriteLines(arguments.GetValue(_labelNames), names);
        WriteLines(arguments.GetValue(_terms), terms);
    }

    private (TextVectorizer Vectorizer, LabelSpace Labels) Fitted(
        string corpus, TextReadOptions read, TrainingOptions options, LabelCatalog? ancestors, LabelCatalog? catalog, ITextEncoder? encoder)
    {
        var (vectorizer, labels, skipped) = TextDataset.FitVectorizer(
            corpus, read, options.Text, ancestors, catalog, NameIndexing.Source(options.Names, options.Text, catalog), encoder);
        TextReading.SaySkipped(_context, corpus, skipped);
        return (vectorizer, labels);
    }

    private static bool HaveGaps(IReadOnlyList<string>? labels) =>
        labels is not null && new JointLabels(labels, labels.Count).AreNumbers && labels.Where((label, row) => label != row.ToString(CultureInfo.InvariantCulture)).Any();

    private static Dataset NotEmpty(string input, Dataset points) => points.PointCount > 0 ? points : throw TextDataset.NoDocuments(input);

    private static Dataset Points(InputSet set) => set.ToDataset(set.Labels);

    private static void Write(Dataset dataset, string output, string to)
    {
        if (to == Cache)
            DatasetCache.Write(dataset, output);
        else
            DatasetFile.Write(dataset, output, to == XmlRepository ? DataFormat.XmlRepository : DataFormat.SvmLight);
    }

    private static void WriteLines(string? path, IReadOnlyList<string> lines)
    {
        if (path is null)
            return;
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            foreach (var line in lines)
                writer.WriteLine(line.ReplaceLineEndings(" "));
        });
    }
}
