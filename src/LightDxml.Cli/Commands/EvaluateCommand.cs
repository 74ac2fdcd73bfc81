using System.CommandLine;
using LightDxml.Cli.Output;
using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Metrics;
using LightDxml.Models;
using LightDxml.Storage;
using LightDxml.Text;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml evaluate</c>: of predictions, or of a model.</summary>
internal sealed class EvaluateCommand : Command, IHasExamples
{
    private readonly CommandContext _context;
    private readonly Option<string> _predictions = CommonOptions.File("--predictions", "Predictions that 'predict' wrote.");
    private readonly Option<string> _model = CommonOptions.Folder("--model", "Model (a folder or an .ldx file) of 'train' or of a method of 'compare', to predict and evaluate in one go.");
    private readonly Option<string> _test = CommonOptions.File("--test", "Test set with the true labels.", required: true);
    private readonly Option<string> _train = CommonOptions.File("--train", "Training set; its label frequencies give the propensities.", required: true);
    private readonly Option<double> _a = new("--propensity-a") { Description = "Propensity exponent; 0.5 for Wikipedia-style sets, 0.6 for Amazon sets.", HelpName = "A", DefaultValueFactory = _ => new PropensityOptions().A };
    private readonly Option<double> _b = new("--propensity-b") { Description = "Propensity shift; 0.4 for Wikipedia-style sets, 2.6 for Amazon sets.", HelpName = "B", DefaultValueFactory = _ => new PropensityOptions().B };
    private readonly Option<string> _json = CommonOptions.File("--json", "Also write the report as JSON, values in 0..1.");
    private readonly Option<double?> _tail = TailOption.Create();
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly ThresholdOptions _thresholds;
    private readonly TextOptions _read;
    private readonly LabelOptions _labelOptions;

    public EvaluateCommand(CommandContext context)
        : base("evaluate", "Measure predictions, or a model, against the true labels.")
    {
        _context = context;
        foreach (var option in new Option[] { _predictions, _model, _test, _train, _a, _b, _json, _tail, _threads })
            Add(option);
        _thresholds = new ThresholdOptions(this);
        _read = new TextOptions(this);
        _labelOptions = new LabelOptions(this);
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
        "lightdxml evaluate --model model --test test.jsonl --train train.jsonl --label-names labels.jsonl",
        "lightdxml evaluate --model model --test test.txt --train train.txt --propensity-a 0.5 --propensity-b 0.4 --json report.json",
    ];

    private int Run(ParseResult arguments)
    {
        CommonOptions.CheckKernels();
        var threads = arguments.GetValue(_threads);
        var json = arguments.GetValue(_json);
        if (json is not null)
            AtomicFile.CheckTarget(json);
        var propensities = new PropensityOptions(arguments.GetValue(_a), arguments.GetValue(_b)).Validate();
        using var model = arguments.GetValue(_model) is { } folder ? ModelStore.Open(folder, arguments.GetValue(_tail), threads) : null;
        var decisions = _thresholds.Read(arguments, model);
        var ranks = decisions is null ? new EvaluationOptions().Ks[^1] : Decisions.Ranks;
        var read = _read.Of(arguments, threads, model?.Reading);
        var (labels, depths) = TextOptions.IsText(arguments.GetRequiredValue(_test), read)
            ? LabelsOfText(arguments, model, read, ranks, threads)
            : (LabelsOfPoints(arguments, model, ranks, threads), null);
        _context.Stop.ThrowIfCancellationRequested();

        var inverse = Propensities.Inverse(labels.Train, propensities);
        var options = new EvaluationOptions { Threads = threads };
        var report = Evaluator.Evaluate(labels.Predictions, labels.Truth, options, inverse);
        if (json is not null)
            AtomicFile.Write(json, stream => ReportJson.Write(report, stream));
        MetricsTable.Of(report).Write(_context.Output);
        _context.Output.WriteLine($"{report.PointCount:N0} documents, {report.PointsWithoutLabels:N0} of them without labels; values in percent.");
        DecisionScores.Write(labels.Predictions, labels.Truth, decisions, _context.Output);
        if (depths is not null)
            MetricsTable.ByDepth(DepthReport.Of(labels.Predictions, labels.Truth, depths, report.Ks)).Write(_context.Output);
        return ExitCode.Success;
    }

    private Evaluated LabelsOfPoints(ParseResult arguments, StoredModel? model, int ranks, int threads)
    {
        var train = DataReading.Read(_context, new DatasetReadOptions { Threads = threads, MinLabelCount = model?.Ranker.LabelCount ?? 0 }, arguments.GetRequiredValue(_train));
        var test = DataReading.Read(
            _context,
            new DatasetReadOptions { Threads = threads, MinLabelCount = train.LabelCount, MinFeatureCount = model?.Ranker.FeatureCount ?? 0 },
            arguments.GetRequiredValue(_test));
        var predictions = model is null ? PredictionFile.Read(arguments.GetValue(_predictions)!) : model.Ranker.Predict(test.Features, ranks, threads);
        return new Evaluated(predictions, test.Labels, train.Labels);
    }

    /// <summary>Labels that only test documents have count as true ones, which no prediction can hit; they follow those of training.</summary>
    private (Evaluated Labels, IReadOnlyList<int>? Depths) LabelsOfText(ParseResult arguments, StoredModel? model, TextReadOptions read, int ranks, int threads)
    {
        var (trainFile, testFile) = (arguments.GetRequiredValue(_train), arguments.GetRequiredValue(_test));
        var catalog = _labelOptions.Read(arguments);
        var ancestors = _labelOptions.Ancestors(arguments, catalog, read);
        var trained = (model?.LabelIds ?? model?.LabelNames) is { } ids ? new LabelSpace(ids, ancestors) : TextDataset.ReadLabels(trainFile, read, ancestors);
        if (model is not null && trained.Count != model.Ranker.LabelCount)
            throw new LightDxmlException($"The model has {model.Ranker.LabelCount} labels, but with the ancestors of the labels file they are {trained.Count}; was it trained with --add-ancestors?");
        var labels = trained.With(TextDataset.ReadLabels(testFile, read, ancestors).Ids);
        var train = TextDataset.ReadLabelMatrix(trainFile, read, labels);
        RankedLabels predictions;
        SparseMatrix truth;
        if (model is null)
        {
            predictions = PredictionFile.Read(arguments.GetValue(_predictions)!);
            truth = TextDataset.ReadLabelMatrix(testFile, read, labels);
        }
        else
        {
            var vectorizer = model.RequireVectorizer();
            var test = TextReading.Read(_context, testFile, read, vectorizer, labels);
            predictions = model.Ranker.Predict(test.Features, ranks, threads);
            truth = test.Labels;
        }

        IReadOnlyList<int>? depths = catalog is { HasHierarchy: true } ? [.. labels.Ids.Select(catalog.Depth)] : null;
        return (new Evaluated(predictions, truth, train), depths);
    }

    /// <summary>What is compared, all in one space of labels.</summary>
    private sealed record Evaluated(RankedLabels Predictions, SparseMatrix Truth, SparseMatrix Train);
}
