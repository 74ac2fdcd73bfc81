using System.CommandLine;
using LightDxml.Cli.Output;
using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Models;
using LightDxml.Prediction;
using LightDxml.Storage;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml evaluate</c>: of predictions, or of a model.</summary>
internal sealed class EvaluateCommand : Command, IHasExamples
{
    private readonly CommandContext _context;
    private readonly Option<string> _predictions = CommonOptions.File("--predictions", "Predictions that 'predict' wrote.");
    private readonly Option<string> _model = CommonOptions.Folder("--model", "Model folder, to predict and evaluate in one go.");
    private readonly Option<string> _test = CommonOptions.File("--test", "Test set with the true labels.", required: true);
    private readonly Option<string> _train = CommonOptions.File("--train", "Training set; its label frequencies give the propensities.", required: true);
    private readonly Option<double> _a = new("--propensity-a") { Description = "Propensity exponent; 0.5 for Wikipedia-style sets, 0.6 for Amazon sets.", HelpName = "A", DefaultValueFactory = _ => new PropensityOptions().A };
    private readonly Option<double> _b = new("--propensity-b") { Description = "Propensity shift; 0.4 for Wikipedia-style sets, 2.6 for Amazon sets.", HelpName = "B", DefaultValueFactory = _ => new PropensityOptions().B };
    private readonly Option<string> _json = CommonOptions.File("--json", "Also write the report as JSON, values in 0..1.");
    private readonly Option<int> _threads = CommonOptions.Threads();

    public EvaluateCommand(CommandContext context)
        : base("evaluate", "Measure predictions, or a model, against the true labels.")
    {
        _context = context;
        foreach (var option in new Option[] { _predictions, _model, _test, _train, _a, _b, _json, _threads })
            Add(option);
        Validators.Add(result =>
        {
            if (result.GetValue(_predictions) is null == result.GetValue(_model) is null)
                result.AddError("Give either --predictions or --model.");
        });
        SetAction(Run);
    }

    public IReadOnlyList<string> Examples =>
    [
        "lightdxml evaluate --predictions predictions.txt --test test.txt.gz --train train.txt.gz",
        "lightdxml evaluate --model model --test test.txt --train train.txt --propensity-a 0.5 --propensity-b 0.4 --json report.json",
    ];

    private int Run(ParseResult arguments)
    {
        CommonOptions.CheckKernels();
        var threads = arguments.GetValue(_threads);
        var propensities = new PropensityOptions(arguments.GetValue(_a), arguments.GetValue(_b)).Validate();
        var model = arguments.GetValue(_model) is { } folder ? ModelFolder.Load(folder) : null;
        var train = DataReading.Read(_context, new DatasetReadOptions { Threads = threads, MinLabelCount = model?.LabelCount ?? 0 }, arguments.GetRequiredValue(_train));
        var test = DataReading.Read(
            _context,
            new DatasetReadOptions { Threads = threads, MinLabelCount = train.LabelCount, MinFeatureCount = model?.FeatureCount ?? 0 },
            arguments.GetRequiredValue(_test));
        var predictions = model is null ? PredictionFile.Read(arguments.GetValue(_predictions)!) : Predict(model, test, threads);
        _context.Stop.ThrowIfCancellationRequested();

        var inverse = Propensities.Inverse(train.Labels, propensities);
        var report = Evaluator.Evaluate(predictions, test.Labels, new EvaluationOptions { Threads = threads }, inverse);
        if (arguments.GetValue(_json) is { } json)
            AtomicFile.Write(json, stream => ReportJson.Write(report, stream));
        MetricsTable.Of(report).Write(_context.Output);
        _context.Output.WriteLine($"{report.PointCount:N0} points, {report.PointsWithoutLabels:N0} of them without labels; values in percent.");
        return ExitCode.Success;
    }

    private static RankedLabels Predict(Model model, Dataset test, int threads)
    {
        using var predictor = new Predictor(model, threads);
        return predictor.Predict(test.Features, new EvaluationOptions().Ks[^1]);
    }
}
