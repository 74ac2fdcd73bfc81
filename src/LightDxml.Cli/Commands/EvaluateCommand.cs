using System.CommandLine;
using LightDxml.Cli.Input;
using LightDxml.Cli.Output;
using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Metrics;
using LightDxml.Models;
using LightDxml.Storage;
using LightDxml.Text;
using LightDxml.Training;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml evaluate</c>: of predictions, or of a model.</summary>
internal sealed class EvaluateCommand : Command, IHasExamples
{
    /// <summary>Labels that are ranked where groups of labels are looked at by themselves.</summary>
    private const int GroupRanks = 300;

    private readonly CommandContext _context;
    private readonly Option<string> _predictions = CommonOptions.File("--predictions", "Predictions of 'predict' or of another tool: JSON Lines, CSV, label:score with or without a header, omikuji, fastText, or .npz of SciPy. The content tells the format.");
    private readonly Option<string> _model = CommonOptions.Folder("--model", "Model (a folder or an .ldx file) of 'train' or of a method of 'compare', to predict and evaluate in one go.");
    private readonly Option<string> _test = CommonOptions.Files("--test", $"Test set with the true labels: {DataSource.Forms}. With --predictions a file of labels alone will do.", required: true);
    private readonly Option<string> _train = CommonOptions.Files("--train", "Training set, in any format; its label frequencies give the propensities. The options below for raw text hold for it, too. Without it those of the model are taken; without both there are no propensity-scored metrics.");
    private readonly Option<string> _filter = CommonOptions.File("--filter", LabelFilter.Description);
    private readonly Option<double> _a = new("--propensity-a") { Description = "Propensity exponent; 0.5 for Wikipedia-style sets, 0.6 for Amazon sets.", HelpName = "A", DefaultValueFactory = _ => new PropensityOptions().A };
    private readonly Option<double> _b = new("--propensity-b") { Description = "Propensity shift; 0.4 for Wikipedia-style sets, 2.6 for Amazon sets.", HelpName = "B", DefaultValueFactory = _ => new PropensityOptions().B };
    private readonly Option<string> _json = CommonOptions.File("--json", "Also write the report as JSON, values in 0..1.");
    private readonly Option<double?> _tail = TailOption.Create();
    private readonly Option<bool> _byFrequency = new("--by-frequency") { Description = "Also measure labels apart by their training documents: none, 1 to 50, more. Each group is ranked by itself, among the first 300 labels." };
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly ThresholdOptions _thresholds;
    private readonly HierarchyOptions _hierarchy;
    private readonly TextOptions _read;
    private readonly LabelOptions _labelOptions;

    public EvaluateCommand(CommandContext context)
        : base("evaluate", "Measure predictions, or a model, against the true labels.")
    {
        _context = context;
        foreach (var option in new Option[] { _predictions, _model, _test, _train, _filter, _a, _b, _json, _tail, _byFrequency, _threads })
            Add(option);
        _thresholds = new ThresholdOptions(this);
        _hierarchy = new HierarchyOptions(this);
        _read = new TextOptions(this);
        _labelOptions = new LabelOptions(this);
        Validators.Add(result =>
        {
            if (result.GetValue(_predictions) is null == result.GetValue(_model) is null)
                result.AddError("Give either --predictions or --model.");
            if (result.GetValue(_tail) is not null && result.GetValue(_model) is null)
                result.AddError("--tail goes with --model: predictions in a file are ranked already.");
            if (_hierarchy.AreAsked(result) && result.GetValue(_model) is null)
                result.AddError("--most-specific and --consistent go with --model: 'predict' takes them for predictions in a file.");
            if (_hierarchy.IsMostSpecificAsked(result) && result.GetValue(_byFrequency))
                result.AddError("--by-frequency ranks the labels that a document is not given, too, of which --most-specific knows nothing: give one of them.");
        });
        SetAction(Run);
    }

    public IReadOnlyList<string> Examples =>
    [
        "lightdxml evaluate --predictions predictions.txt --test test.txt.gz --train train.txt.gz",
        "lightdxml evaluate --model model --test test.jsonl --threshold auto",
        "lightdxml evaluate --model model --test test.jsonl --label-names labels.jsonl --most-specific",
        "lightdxml evaluate --model model --test tst_X_Xf.txt,tst_X_Y.txt --filter filter_labels_test.txt",
        "lightdxml evaluate --predictions omikuji.txt --test tst_X_Y.txt --train trn_X_Y.txt",
        "lightdxml evaluate --model model --test test.txt --train train.txt --propensity-a 0.5 --propensity-b 0.4 --json report.json",
    ];

    private int Run(ParseResult arguments)
    {
        CommonOptions.CheckKernels();
        var workers = Ranks.Workers(_context, arguments.GetValue(_threads));
        var threads = workers.Threads;
        var json = arguments.GetValue(_json);
        OutputFile.Check(json, FilesRead.Of(arguments, _predictions, _test, _train, _filter, _thresholds.File, _labelOptions.File));
        var propensities = new PropensityOptions(arguments.GetValue(_a), arguments.GetValue(_b)).Validate();
        using var model = arguments.GetValue(_model) is { } folder ? ModelStore.Open(folder, arguments.GetValue(_tail), threads) : null;
        if (model is not null)
            _context.SayNote(model);
        var decisions = _thresholds.Read(arguments, model, _context);
        var byFrequency = arguments.GetValue(_byFrequency);
        var ranks = byFrequency ? GroupRanks : decisions is null && !_hierarchy.AreAsked(arguments) ? new EvaluationOptions().Ks[^1] : Decisions.Ranks;
        var read = _read.Of(arguments, threads, model?.Reading);
        var catalog = _labelOptions.Read(arguments, read) ?? model?.Hierarchy;
        var ancestors = _labelOptions.Ancestors(arguments, catalog, read);
        var labels = Read(arguments, model, new InputReader(_context, read with { ForLabels = model is null }, threads, ancestors), ranks, workers);
        if (ancestors is not null && model is not null && ancestors == model.Hierarchy && labels.Ids!.Skip(model.Ranker.LabelCount).Any(id => ancestors.Find(id) is null))
            _context.Messages.WriteLine("What is above labels that were not in training is not known to the model; --label-names names the file that knows it.");
        _context.Stop.ThrowIfCancellationRequested();

        var hierarchy = model is null ? null : _hierarchy.Read(arguments, catalog, model, labels.Ids?.Skip(model.Ranker.LabelCount));
        var (predictions, truth) = (labels.Predictions, hierarchy?.Measured(labels.Truth) ?? labels.Truth);
        if (hierarchy is not null)
        {
            predictions = predictions.Copy();
            Decisions.All(hierarchy, model).Apply(predictions, labels.IsKnown, new EvaluationOptions().Ks[^1]);
            decisions = decisions?.With(hierarchy);
        }

        var inverse = labels.TrainFrequencies is { } frequencies ? Propensities.Inverse(frequencies, labels.TrainDocuments, propensities) : null;
        var options = new EvaluationOptions { Threads = threads };
        var report = Evaluator.Evaluate(predictions, truth, options, inverse);
        MetricsTable.Of(report).Write(_context.Output);
        _context.Output.WriteLine($"{Counted.Of(report.PointCount, "document")}, {report.PointsWithoutLabels:N0} of them without labels; values in percent.");
        if (byFrequency)
        {
            var counts = labels.TrainFrequencies ?? throw new LightDxmlException("--by-frequency needs to know how often labels occur in training; give --train.");
            MetricsTable.ByFrequency(FrequencyGroups.Of(predictions, truth, counts, report.Ks[^1]), report.Ks[^1]).Write(_context.Output);
        }

        if (catalog is { HasHierarchy: true } && labels.Ids is { } ids)
            MetricsTable.ByDepth(DepthReport.Of(predictions, truth, [.. ids.Select(catalog.DepthOrNone)], report.Ks)).Write(_context.Output);
        var scores = DecisionScores.Of(labels.Predictions, labels.Truth, labels.IsKnown, decisions, model is { Ranker.TailFactors.Length: > 0 });
        scores.Write(_context.Output);
        if (json is not null && workers.Processes.IsFirst)
            AtomicFile.Write(json, stream => ReportJson.Write(report, stream, scores));
        return ExitCode.Success;
    }

    /// <summary>Labels that only test documents have count as true ones, which no prediction can hit; they follow those of training.</summary>
    private Evaluated Read(ParseResult arguments, StoredModel? model, InputReader input, int ranks, Workers workers)
    {
        var source = DataSource.Of(arguments.GetRequiredValue(_test));
        var trainSource = arguments.GetValue(_train) is { } trainFile ? DataSource.Of(trainFile) : null;
        if (!input.IsText(source) && (trainSource is null || !input.IsText(trainSource)))
        {
            _read.RefuseForFeatures(arguments, source.Name);
            _labelOptions.RefuseAncestorsForFeatures(arguments, source.Name);
        }

        var train = trainSource is null ? null : input.ReadLabels(trainSource);
        if (trainSource is not null)
            input = input.Alike(trainSource);
        var test = (model is null ? input.ReadLabels(source) : input.Read(source, model.RequireVectorizer)).RequireLabels();
        var labels = model is not null ? JointLabels.OfModel(model) : JointLabels.Of(train ?? test);
        var trainLabels = train is null ? null : labels.Join(train);
        var truth = labels.Join(test);
        // Of a model of another format only the training set can tell.
        var frequencies = trainLabels is not null ? LabelFrequencies.Count(trainLabels) : model?.Members is [{ LabelFrequencies: { } stored }, ..] ? stored : null;
        if (model is not null && train is not null)
            UnseenLabels.CheckTraining(_context, train.Name, frequencies!, labels, model);
        if (model is not null)
            UnseenLabels.Check(_context, test.Name, truth, labels, row => row < labels.KnownCount, model.Name);
        else if (frequencies is { } counts)
            UnseenLabels.Check(_context, test.Name, truth, labels, row => row < counts.Length && counts[row] > 0, model: null);
        var filter = arguments.GetValue(_filter) is { } filterFile ? LabelFilter.Read(filterFile, truth.RowCount, labels) : null;
        var features = model is null ? null : input.Fit(test, model.Ranker.FeatureCount, model.FeatureNames);
        var (predictions, isKnown) = features is not null
            ? (Filtered(Predict(model!, features, ranks + (filter?.Widest ?? 0), workers, _context.Stop)), features.NonEmptyRows())
            : new PredictionInput(_context, labels, () => input.ReadIds(source), arguments.GetValue(_byFrequency) ? GroupRanks : new EvaluationOptions().Ks[^1], workers.Threads) { HasTraining = train is not null, IsText = input.IsText(source), Filter = filter }
                .Read(arguments.GetValue(_predictions)!);
        truth = truth.WithColumnCount(labels.Count);
        truth = filter?.Of(truth) ?? truth;
        if (frequencies is not null)
            Array.Resize(ref frequencies, labels.Count);
        var trainDocuments = train?.Labels.RowCount ?? (model?.Members is [var first, ..] ? first.Inference.TrainingDocuments : 0);
        return new Evaluated(predictions, isKnown, truth, frequencies, trainDocuments, labels.Ids);

        RankedLabels Filtered(RankedLabels all) => filter?.Of(all) ?? all;
    }

    /// <summary>Ranks of <c>mpirun</c> predict a part of the documents each.</summary>
    private static RankedLabels Predict(StoredModel model, SparseMatrix documents, int ranks, Workers workers, CancellationToken stop)
    {
        if (workers.Processes.Size > 1)
            ProcessAgreement.Check(workers.Processes, documents, ("another model", Checksum.OfPath(model.Name)));
        return model.Ranker.Predict(documents, ranks, workers, stop);
    }

    /// <summary>What is compared, all in one space of labels.</summary>
    /// <param name="IsKnown">[documents] whether a model knows anything of a document.</param>
    /// <param name="TrainFrequencies">[labels] training documents of each; null where they are not known.</param>
    private sealed record Evaluated(RankedLabels Predictions, bool[] IsKnown, SparseMatrix Truth, int[]? TrainFrequencies, int TrainDocuments, IReadOnlyList<string>? Ids);
}
