using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using LightDxml.Cli.Input;
using LightDxml.Cli.Output;
using LightDxml.Data;
using LightDxml.Data.Compression;
using LightDxml.Metrics;
using LightDxml.Reports;
using LightDxml.Reports.Labels;
using LightDxml.Reports.Model;
using LightDxml.Text;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml report</c>: an evaluation report of one or several methods' predictions.</summary>
internal sealed class ReportCommand : Command, IHasExamples
{
    private static readonly ReportOptions Standard = new();
    private readonly CommandContext _context;
    private readonly Option<string> _test = CommonOptions.Files("--test", $"Test set with the true labels: {DataSource.Forms}. A file of labels alone will do.", required: true);
    private readonly Option<string> _train = CommonOptions.Files("--train", "Training set, in any format; its label frequencies give bins and propensities.", required: true);
    private readonly Option<string> _filter = CommonOptions.File("--filter", LabelFilter.Description);
    private readonly Option<string[]> _predictions = new("--predictions") { Description = "Predictions of a method, of this or any other tool, best with 100 labels per document. Give the option once for each method; without a name the file's is taken.", HelpName = "NAME=FILE", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _labels = CommonOptions.File("--labels", "Label names: one per line, or .jsonl with id, name and parents, or a SKOS vocabulary (.ttl, .rdf); plain, .gz or .br.");
    private readonly Option<string> _labelIds = CommonOptions.File("--label-ids", "Ids of the label columns, one per line, where --labels is not in their order.");
    private readonly Option<string> _texts = CommonOptions.File("--texts", "Texts of the test documents: one per line, or .jsonl with id, title and text.");
    private readonly Option<string> _title = new("--title") { Description = "Heading of the report.", HelpName = "TEXT" };
    private readonly Option<string> _output = new("--output") { Description = "A .html file, or a folder that gets the report in every format.", HelpName = "DIR|FILE.html", Required = true };
    private readonly Option<string> _markdown = CommonOptions.File("--markdown", "Also write Markdown.");
    private readonly Option<string> _latex = CommonOptions.File("--latex", "Also write LaTeX tables.");
    private readonly Option<string> _json = CommonOptions.File("--json", "Also write JSON; docs/report.schema.json describes it.");
    private readonly Option<string> _csv = CommonOptions.Folder("--csv", "Also write CSV files, with every label, into this folder.");
    private readonly Option<string> _ranks = new("--ks") { Description = "Ranks k, ascending.", HelpName = "K,K,…", DefaultValueFactory = _ => string.Join(',', Standard.Ks) };
    private readonly Option<int> _rows = CommonOptions.Number("--label-rows", Standard.LabelRows, "Labels in the HTML and JSON at most; CSV has all.", least: 1);
    private readonly Option<int> _documents = CommonOptions.Number("--documents", Standard.DocumentRows, "Documents shown, the worst of each method.", least: 0);
    private readonly Option<double> _a = new("--propensity-a") { Description = "Propensity exponent; 0.5 for Wikipedia-style sets, 0.6 for Amazon sets.", HelpName = "A", DefaultValueFactory = _ => Standard.Propensity.A };
    private readonly Option<double> _b = new("--propensity-b") { Description = "Propensity shift; 0.4 for Wikipedia-style sets, 2.6 for Amazon sets.", HelpName = "B", DefaultValueFactory = _ => Standard.Propensity.B };
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly TextOptions _read;
    private readonly LabelOptions _labelOptions;

    public ReportCommand(CommandContext context)
        : base("report", "Write an evaluation report of the predictions of one or several methods.")
    {
        _context = context;
        foreach (var option in new Option[]
                 {
                     _test, _train, _filter, _predictions, _labels, _labelIds, _texts, _title, _output, _markdown, _latex, _json, _csv,
                     _ranks, _rows, _documents, _a, _b, _threads,
                 })
        {
            Add(option);
        }

        _read = new TextOptions(this);
        _labelOptions = new LabelOptions(this);
        _predictions.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.Length == 0 || token.Value[0] == '=' || token.Value.EndsWith('=')))
                result.AddError($"--predictions needs NAME=FILE or FILE, but is '{token.Value}'.");
        });
        Validators.Add(result =>
        {
            if (result.GetValue(_labelIds) is not null && result.GetValue(_labels) is null)
                result.AddError("--label-ids needs --labels.");
        });
        SetAction(Run);
    }

    public IReadOnlyList<string> Examples =>
    [
        "lightdxml report --test test.txt.gz --train train.txt.gz --predictions LightDxml=predictions.txt --output report.html",
        "lightdxml report --test test.csv --train train.csv --predictions predictions.jsonl --output report.html",
        "lightdxml report --test test.txt --train train.txt --predictions A=a.txt --predictions B=b.txt --labels labels.jsonl.gz --label-ids ids.txt --output report",
    ];

    private int Run(ParseResult arguments)
    {
        var watch = Stopwatch.StartNew();
        var options = Resolve(arguments);
        CheckTargets(arguments);
        var model = ReportBuilder.Build(Read(arguments, options), options, step => _context.Messages.WriteLine($"{step} …"), _context.Stop);
        _context.Stop.ThrowIfCancellationRequested();
        var html = Write(arguments, model);
        _context.Output.WriteLine($"{html}: {Counted.Of(model.Methods.Count, "method")}, {Counted.Of(model.Data.TestPoints, "document")}, {Counted.Of(model.Data.Labels, "label")}, {watch.Elapsed.TotalSeconds:N1} s.");
        return ExitCode.Success;
    }

    private ReportOptions Resolve(ParseResult arguments)
    {
        var threads = arguments.GetValue(_threads);
        return new ReportOptions
        {
            Ks = [.. arguments.GetValue(_ranks)!.Split(',').Select(Rank)],
            LabelRows = arguments.GetValue(_rows),
            DocumentRows = arguments.GetValue(_documents),
            Propensity = new PropensityOptions(arguments.GetValue(_a), arguments.GetValue(_b)),
            Bootstrap = Standard.Bootstrap with { Threads = threads },
            Threads = threads,
        }.Validate();

        static int Rank(string text) => int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var k)
            ? k
            : throw new LightDxmlException($"--ks needs whole numbers separated by commas, but has '{text}'.");
    }

    // What cannot be written is said before hours of reading and counting.
    private void CheckTargets(ParseResult arguments)
    {
        var read = FilesRead.Of(arguments, _test, _train, _filter, _labels, _labelIds, _texts, _labelOptions.File);
        read.Add(_predictions.Name, arguments.GetRequiredValue(_predictions).Select(text => Named(text).File));
        foreach (var file in new[] { _markdown, _latex, _json })
            OutputFile.Check(arguments.GetValue(file), read);
        if (arguments.GetValue(_csv) is { } csv)
        {
            foreach (var file in CsvReport.FilesOf(csv).Prepend(csv))
                read.Keep(file);
            ReportFiles.CheckCsvFolder(csv);
        }

        var output = arguments.GetRequiredValue(_output);
        if (output.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
        {
            OutputFile.Check(output, read);
            return;
        }

        foreach (var file in ReportFiles.FilesOf(output))
            read.Keep(file);
        ReportFiles.CheckFolder(output);
    }

    private ReportInput Read(ParseResult arguments, ReportOptions options)
    {
        var (threads, read) = (options.Threads, _read.Of(arguments, options.Threads) with { ForLabels = true });
        var catalog = _labelOptions.Read(arguments);
        var input = new InputReader(_context, read, threads, _labelOptions.Ancestors(arguments, catalog, read));
        var source = DataSource.Of(arguments.GetRequiredValue(_test));
        var isText = input.IsText(source);
        var trainSource = DataSource.Of(arguments.GetRequiredValue(_train));
        if (!isText && !input.IsText(trainSource))
        {
            _read.RefuseForFeatures(arguments, source.Name);
            _labelOptions.RefuseAncestorsForFeatures(arguments, source.Name);
        }

        var train = input.ReadLabels(trainSource);
        input = input.Alike(trainSource);
        var test = isText || source.LabelsPath is null && DatasetFile.IsMatrix(source.Path) ? input.ReadLabels(source) : input.ReadFeatures(source);
        test.RequireLabels();
        var labels = JointLabels.Of(train);
        var trainLabels = labels.Join(train);
        var frequencies = LabelFrequencies.Count(trainLabels);
        var truth = labels.Join(test);
        var hasIds = labels.Ids is not null;
        UnseenLabels.Check(_context, test.Name, truth, labels, row => row < frequencies.Length && frequencies[row] > 0, model: null);
        var filter = arguments.GetValue(_filter) is { } filterFile ? LabelFilter.Read(filterFile, truth.RowCount, labels) : null;
        var testIds = new Lazy<IReadOnlyList<string>?>(() => arguments.GetValue(_texts) is null ? null : input.ReadIds(source));
        var texts = Texts(arguments, options, input, source, read, testIds);
        var reader = new PredictionInput(_context, labels, () => testIds.Value ?? texts?.Select(text => text.Id ?? "").ToArray(), options.LastK, threads) { Filter = filter };
        var methods = arguments.GetRequiredValue(_predictions).Select(Named).Select(method =>
        {
            _context.Stop.ThrowIfCancellationRequested();
            var (predictions, isKnown) = reader.Read(method.File);
            return new MethodPredictions(method.Name, predictions) { IsKnown = isKnown };
        }).ToList();

        truth = truth.WithColumnCount(labels.Count);
        var features = test.Features ?? new SparseMatrix(truth.RowCount, 0, new long[truth.RowCount + 1], [], []);
        return new ReportInput(
            arguments.GetValue(_title) ?? $"Evaluation on {test.Name}", new Dataset(test.Name, features, filter?.Of(truth) ?? truth), trainLabels.WithColumnCount(labels.Count), methods)
        {
            Labels = NamesOf(arguments, labels, hasIds, catalog),
            LabelIds = labels.Ids,
            Texts = texts,
        };
    }

    /// <summary>The texts of the test documents, or null where there are none.</summary>
    private IReadOnlyList<DocumentText>? Texts(
        ParseResult arguments, ReportOptions options, InputReader input, DataSource source, TextReadOptions read, Lazy<IReadOnlyList<string>?> testIds)
    {
        if (arguments.GetValue(_texts) is { } file)
        {
            var texts = DocumentText.ReadFile(file, options.TextLength);
            if (texts.Any(text => text.Id is not null) && testIds.Value is { } ids)
                DocumentOrder.Check(file, [.. texts.Select((text, place) => (text.Id ?? "", place + 1L))], ids);
            return texts;
        }

        return !input.IsText(source) ? null
            : [.. TextFile.Read(source.Path, read).Select(document => new DocumentText(document.Id.Length > 0 ? document.Id : null, document.Title, DocumentText.Cut(document.Text, options.TextLength)))];
    }

    /// <summary>Predictions without a name are called by their file.</summary>
    private static (string Name, string File) Named(string text) => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
        ? (text[..at], text[(at + 1)..])
        : (Path.GetFileNameWithoutExtension(CompressedFile.NameWithoutCompression(text)), text);

    /// <summary>Names of all labels: those that a file does not name are called by their ids.</summary>
    /// <param name="hasIds">Whether the sets have ids of labels: predictions may bring names into a space of numbers.</param>
    private NamedLabels? NamesOf(ParseResult arguments, JointLabels labels, bool hasIds, LabelCatalog? catalog)
    {
        if (arguments.GetValue(_labels) is not { } file)
            return labels.Ids is null ? null : catalog is null ? NamedLabels.OfNames(labels.Ids) : NamedLabels.Of(catalog, labels.Ids);
        var ids = arguments.GetValue(_labelIds);
        var known = labels.Ids?.Take(labels.KnownCount).ToArray() ?? [];
        var areRows = known.Select((id, row) => id == row.ToString(CultureInfo.InvariantCulture)).All(isRow => isRow);
        if (hasIds && !areRows && !LabelCatalog.HasIds(file) && !CompressedFile.ReadLines(file).SequenceEqual(known))
            throw new LightDxmlException($"{file} has names alone, which do not say what label each is of, and the labels of the data have ids, such as '{labels.IdOf(0)}'; give a .jsonl file with id and name, or a SKOS vocabulary.");
        if (hasIds && LabelCatalog.HasIds(file))
        {
            if (ids is null || CompressedFile.ReadLines(ids).ToHashSet().SetEquals(known))
                return NamedLabels.Of(LabelCatalog.Read(file), labels.Ids!);
            if (!areRows)
                throw new LightDxmlException($"{ids} has other ids than the labels of the data, such as '{labels.IdOf(0)}'; leave --label-ids out, and names go by these.");
        }

        var count = CompressedFile.ReadLines(ids ?? file).Count() == labels.KnownCount ? labels.KnownCount : labels.Count;
        var named = NamedLabels.Read(file, ids, count);
        return new NamedLabels([.. Enumerable.Range(0, labels.Count).Select(row => row < count ? named[row] : new NamedLabel(null, labels.IdOf(row), null, []))]);
    }

    private string Write(ParseResult arguments, ReportModel model)
    {
        if (arguments.GetValue(_markdown) is { } markdown)
            ReportFiles.WriteMarkdown(model, markdown);
        if (arguments.GetValue(_latex) is { } latex)
            ReportFiles.WriteLatex(model, latex);
        if (arguments.GetValue(_json) is { } json)
            ReportFiles.WriteJson(model, json);
        if (arguments.GetValue(_csv) is { } csv)
            CsvReport.Write(model, csv);
        var output = arguments.GetRequiredValue(_output);
        var isFile = output.EndsWith(".html", StringComparison.OrdinalIgnoreCase);
        foreach (var (method, thresholds) in model.Methods.Zip(model.AllLabels!.Thresholds))
        {
            if (thresholds is null && (!isFile || arguments.GetValue(_csv) is not null))
                _context.Messages.WriteLine($"{method.Name}: scores beyond 0..1 are not probabilities, so that no thresholds are written for it.");
        }

        if (!isFile)
            return ReportFiles.WriteAll(model, output);
        ReportFiles.WriteHtml(model, output);
        return output;
    }
}
