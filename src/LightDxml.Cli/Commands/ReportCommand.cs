using System.CommandLine;
using System.Diagnostics;
using LightDxml.Cli.Output;
using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Reports;
using LightDxml.Reports.Labels;
using LightDxml.Reports.Model;
using LightDxml.Storage;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml report</c>: an evaluation report of one or several methods' predictions.</summary>
internal sealed class ReportCommand : Command, IHasExamples
{
    private static readonly ReportOptions Standard = new();
    private readonly CommandContext _context;
    private readonly Option<string> _test = CommonOptions.File("--test", "Test set with the true labels.", required: true);
    private readonly Option<string> _train = CommonOptions.File("--train", "Training set; its label frequencies give bins and propensities.", required: true);
    private readonly Option<string[]> _predictions = new("--predictions") { Description = "Predictions of a method, best with 100 labels per document. Give the option once for each method.", HelpName = "name=FILE", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _labels = CommonOptions.File("--labels", "Label names: one per line, or .jsonl with id, name and parents; plain, .gz or .br.");
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

    public ReportCommand(CommandContext context)
        : base("report", "Write an evaluation report of the predictions of one or several methods.")
    {
        _context = context;
        foreach (var option in new Option[]
                 {
                     _test, _train, _predictions, _labels, _labelIds, _texts, _title, _output, _markdown, _latex, _json, _csv,
                     _ranks, _rows, _documents, _a, _b, _threads,
                 })
        {
            Add(option);
        }

        _predictions.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1 || token.Value.EndsWith('=')))
                result.AddError($"--predictions wants name=FILE, but is '{token.Value}'.");
        });
        Validators.Add(result =>
        {
            if (result.GetValue(_labelIds) is not null && result.GetValue(_labels) is null)
                result.AddError("--label-ids wants --labels.");
        });
        SetAction(Run);
    }

    public IReadOnlyList<string> Examples =>
    [
        "lightdxml report --test test.txt.gz --train train.txt.gz --predictions LightDXML=predictions.txt --output report.html",
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
        _context.Output.WriteLine($"{html}: {model.Methods.Count} {(model.Methods.Count == 1 ? "method" : "methods")}, {model.Data.TestPoints:N0} documents, {model.Data.Labels:N0} labels, {watch.Elapsed.TotalSeconds:N1} s.");
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
            : throw new LightDxmlException($"--ks wants whole numbers separated by commas, but has '{text}'.");
    }

    // What cannot be written is said before hours of reading and counting.
    private void CheckTargets(ParseResult arguments)
    {
        foreach (var file in new[] { arguments.GetValue(_markdown), arguments.GetValue(_latex), arguments.GetValue(_json) })
        {
            if (file is not null)
                AtomicFile.CheckTarget(file);
        }

        if (arguments.GetValue(_csv) is { } csv)
            ReportFiles.CheckFolder(csv);
        var output = arguments.GetRequiredValue(_output);
        if (output.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
            AtomicFile.CheckTarget(output);
        else
            ReportFiles.CheckFolder(output);
    }

    private ReportInput Read(ParseResult arguments, ReportOptions options)
    {
        var train = DataReading.Read(_context, new DatasetReadOptions { Threads = options.Threads }, arguments.GetRequiredValue(_train));
        var test = DataReading.Read(
            _context, new DatasetReadOptions { Threads = options.Threads, MinLabelCount = train.LabelCount }, arguments.GetRequiredValue(_test));
        var methods = arguments.GetRequiredValue(_predictions).Select(pair =>
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            _context.Stop.ThrowIfCancellationRequested();
            return new MethodPredictions(pair[..at], PredictionFile.Read(pair[(at + 1)..], options.Threads));
        }).ToList();
        return new ReportInput(arguments.GetValue(_title) ?? $"Evaluation on {test.Name}", test, train.Labels, methods)
        {
            Labels = arguments.GetValue(_labels) is { } labels ? NamedLabels.Read(labels, arguments.GetValue(_labelIds), test.LabelCount) : null,
            Texts = arguments.GetValue(_texts) is { } texts ? DocumentText.ReadFile(texts, options.TextLength) : null,
        };
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
        if (!output.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
            return ReportFiles.WriteAll(model, output);
        ReportFiles.WriteHtml(model, output);
        return output;
    }
}
