using System.CommandLine;
using LightDxml.Cli.Input;
using LightDxml.Cli.Output;
using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Models;
using LightDxml.Names;
using LightDxml.Text;
using LightDxml.Text.Terms;
using LightDxml.TextEncoding;
using LightDxml.Training;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml train</c>.</summary>
internal sealed class TrainCommand : Command, IHasExamples
{
    private readonly CommandContext _context;
    private readonly Option<string> _train = CommonOptions.Files("--train", $"Training set: {DataSource.Forms}.");
    private readonly Option<string> _features = CommonOptions.File("--train-features", "Features of a training set in two files (trn_X_Xf.txt).");
    private readonly Option<string> _labels = CommonOptions.File("--train-labels", "Labels of a training set in two files (trn_X_Y.txt).");
    private readonly Option<string> _output = CommonOptions.Folder("--output", "Model to write: a folder, or one file where the name ends in .ldx. A model that is there is replaced.", required: true);
    private readonly Option<string> _validation = CommonOptions.Files("--validation", "Validation set. Without it a share of the training documents is held out. Never give the test set.");
    private readonly Option<string> _filter = CommonOptions.File("--filter", LabelFilter.Description);
    private readonly Option<string> _preset = CommonOptions.Preset();
    private readonly Option<string> _config = CommonOptions.File("--config", "JSON file of settings, applied over the preset.");
    private readonly Option<string[]> _set = CommonOptions.Set("Settings, applied last; --help-settings lists them.");
    private readonly Option<int?> _seed = new("--seed") { Description = "The same as --set seed=N.", HelpName = "N" };
    private readonly Option<int> _ensemble = CommonOptions.Number("--ensemble", 1, "Train N models with consecutive seeds; their mean scores predict.", least: 1, most: 1000);
    private readonly Option<bool> _compress = new("--compress") { Description = "The same as --set storage.precision=int4, the default: four bits a dense parameter." };
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly TextOptions _read;
    private readonly LabelOptions _labelOptions;
    private readonly CheckpointOptions _checkpoints;
    private readonly MemoryOption _memory;
    private readonly Option<bool> _helpSettings = new("--help-settings") { Description = "List every setting with its default and meaning." };

    public TrainCommand(CommandContext context)
        : base("train", "Train a model and write it to a folder.")
    {
        _context = context;
        _helpSettings.Action = new SettingsHelpAction(_preset);
        foreach (var option in new Option[] { _train, _features, _labels, _output, _validation, _filter, _preset, _config, _set, _seed, _ensemble, _compress, _threads, _helpSettings })
            Add(option);
        _read = new TextOptions(this);
        _labelOptions = new LabelOptions(this);
        _checkpoints = new CheckpointOptions(this);
        _memory = new MemoryOption(this);
        Validators.Add(result =>
        {
            var (whole, features, labels) = (result.GetValue(_train), result.GetValue(_features), result.GetValue(_labels));
            if (whole is not null ? features is not null || labels is not null : features is null || labels is null)
                result.AddError("Give either --train, or --train-features and --train-labels.");
        });
        SetAction(Run);
    }

    public IReadOnlyList<string> Examples =>
    [
        "lightdxml train --train train.txt.gz --output model",
        "lightdxml train --train train.jsonl.br --label-names labels.jsonl --output model",
        "lightdxml train --train arxiv.csv --title-field titles --text-field summaries --labels-field terms --output model --set text.maxNgram=1",
        "lightdxml train --train-features trn_X_Xf.txt --train-labels trn_X_Y.txt --output model --preset paper",
        "lightdxml train --train train.txt --output model --set schedule.epochs=15 shortlist.width=400 --seed 7",
        "lightdxml train --train train.jsonl --output models --ensemble 3",
        "lightdxml train --train train.jsonl --output model --checkpoint-every 10m --resume",
        "lightdxml train --train train.txt --output model --set engine.name=torch engine.device=cuda",
        "lightdxml train --train train.jsonl --output model --memory 4G",
        "mpirun -n 4 lightdxml train --train train.txt --output model --threads 8",
        "lightdxml train --help-settings",
    ];

    private int Run(ParseResult arguments)
    {
        CommonOptions.CheckKernels();
        _memory.Apply(arguments);
        var options = Resolve(arguments);
        TrainingEngines.Check(options.Engine, _context.Processes);
        var output = arguments.GetRequiredValue(_output);
        var members = arguments.GetValue(_ensemble);
        ModelStore.CheckTarget(output);
        var workers = Ranks.Workers(_context, arguments.GetValue(_threads));
        var threads = workers.Threads;
        var folder = _checkpoints.Folder(_context, arguments, output, options, [_output, _threads, _preset, _config, _set, _seed, _compress, _memory.Option]);
        var checkpoint = folder is null ? Checkpoint.None : Checkpoint.In(folder, _checkpoints.Every(arguments), _context.Processes);

        var read = _read.Of(arguments, threads);
        TrainingOptions[] seeds = [.. Enumerable.Range(0, members).Select(i => options with { Seed = options.Seed + i })];
        List<Model> models = [];
        try
        {
            models = arguments.GetValue(_train) is { } text && new InputReader(_context, read, threads).IsText(DataSource.Of(text))
                ? TrainOnText(arguments, text, read, seeds, workers, checkpoint)
                : TrainOnPoints(arguments, seeds, workers, checkpoint);
            _context.Stop.ThrowIfCancellationRequested();
            if (!_context.Processes.IsFirst)
                return ExitCode.Success;
            ModelStore.Save(models, output);
        }
        catch (Exception fault) when (_memory.Fault(arguments, fault) is { } lack)
        {
            throw lack;
        }
        catch (Exception fault) when (fault is OperationCanceledException || models.Count > 0)
        {
            checkpoint.SaveResults();
            if (folder is { HoldsWork: true, IsSaidAtStop: false })
                _context.Messages.WriteLine($"{folder.Path} holds how far the training is; to continue, run {folder.HowToGoOn}");
            throw;
        }

        folder?.Remove();
        Ranks.SayVolumes(_context);
        _context.Output.WriteLine($"{output}: {(members > 1 ? $"{members} models of " : "")}{Summary.Of(models[0])}, {Summary.BytesOf(output):N0} bytes.");
        return ExitCode.Success;
    }

    private List<Model> TrainOnPoints(ParseResult arguments, TrainingOptions[] seeds, Workers workers, Checkpoint checkpoint)
    {
        var source = arguments.GetValue(_train) is { } file ? DataSource.Of(file) : new DataSource(arguments.GetValue(_features)!, arguments.GetValue(_labels)!);
        _read.RefuseForFeatures(arguments, source.Name);
        _labelOptions.RefuseForFeatures(arguments, source.Name);
        if ((arguments.GetValue(_set) ?? []).FirstOrDefault(setting => setting.StartsWith("text.", StringComparison.Ordinal)) is { } ofText)
            throw TextOptions.HoldsFeatures(source.Name, $"{ofText} is a setting for raw text");
        foreach (var note in UnusedSettings.OfFeatures(seeds[0]))
            _context.Messages.WriteLine($"{source.Name}: {note}.");
        var input = new InputReader(_context, new TextReadOptions(), workers.Threads);
        var set = input.ReadFeatures(source);
        EmptyRows.Say(_context, set.Name, set.Features!, set.Labels, "no feature");
        var train = Filtered(arguments, set.ToDataset(set.Labels), set.LabelIds);
        var validation = arguments.GetValue(_validation) is { } validationFile ? input.FitTo(input.ReadFeatures(DataSource.Of(validationFile)), train, train.LabelNames) : null;
        return [.. TrainAll(arguments, train, validation, seeds, workers, checkpoint).Select(model => model with { FeatureNames = train.FeatureNames })];
    }

    private List<Model> TrainOnText(ParseResult arguments, string path, TextReadOptions read, TrainingOptions[] seeds, Workers workers, Checkpoint checkpoint)
    {
        using var encoder = TextEncoders.Open(seeds[0].Text);
        var catalog = _labelOptions.Read(arguments);
        var ancestors = _labelOptions.Ancestors(arguments, catalog, read);
        var train = TextReading.Fit(
            _context, path, read with { NameLanguages = _labelOptions.LanguagesOf(arguments) }, seeds[0].Text, catalog, ancestors is not null, NameIndexing.Source(seeds[0].Names, seeds[0].Text, catalog), encoder,
            fit => FittedRowsState.Result(checkpoint, seeds[0].Text, encoder, fit));
        EmptyRows.Say(_context, path, train.Dataset.Features, train.Dataset.Labels, "no word that the model knows");
        if (seeds[0].Text is { Unit: TermUnit.Words, Unsegmented: UnsegmentedText.Words } && train.Vectorizer.Terms() is { } terms && Scripts.AreMostlyClauses(terms))
            _context.Messages.WriteLine($"{path}: if it has no blanks between its words, whole clauses are taken as words. --set text.unsegmented=characters takes each character as a word instead.");
        if (catalog is not null && train.Names is null && seeds[0].Names.Use == LabelNameUse.Auto)
            _context.Messages.WriteLine($"{path}: labels are not looked for by their names, which needs terms that are words (text.unit=words, text.hashBits=0).");
        if (train.Dataset.Labels.NonZeroCount == 0)
            TextReading.SayNoLabels(_context, path);
        var names = NameIndexing.Of(train, seeds[0].Names);
        var input = new InputReader(_context, read.WithLabelsOf(train.Reading!), workers.Threads, ancestors);
        var validation = arguments.GetValue(_validation) is { } validationFile ? ValidationText(validationFile, path, input, train) : null;
        return [.. TrainAll(arguments, Filtered(arguments, train.Dataset, train.Labels.Ids), validation, seeds, workers, checkpoint, names).Select(train.Complete)];
    }

    private static Dataset ValidationText(string file, string trainFile, InputReader input, FittedText train)
    {
        var source = DataSource.Of(file);
        return input.IsText(source)
            ? input.FitTo(input.Read(source, () => train.Vectorizer), train.Dataset, train.Labels.Ids)
            : throw new LightDxmlException($"{file} holds features, but {trainFile} raw text; name the format of the text with --format, or give documents of the same kind.");
    }

    private Dataset Filtered(ParseResult arguments, Dataset train, IReadOnlyList<string>? ids) => arguments.GetValue(_filter) is { } file
        ? train with { Labels = LabelFilter.Read(file, train.PointCount, new JointLabels(ids, train.LabelCount)).Of(train.Labels) }
        : train;

    private List<Model> TrainAll(ParseResult arguments, Dataset train, Dataset? validation, TrainingOptions[] seeds, Workers workers, Checkpoint checkpoint, NameIndex? names = null)
    {
        _memory.Check(_context, arguments, train, validation, names is null ? 0 : seeds[0].Names.Candidates, seeds[0], seeds.Length, workers);
        List<Model> models = [];
        foreach (var seed in seeds)
        {
            var (options, own) = EnsembleTraining.Like(models.FirstOrDefault(), seed, names);
            var scope = checkpoint.Within($"member-{models.Count + 1}");
            models.Add(TrainingDisplay.Show(_context, observer => Trainer.Train(train, validation, options, workers, observer, own, scope, _context.Stop)));
        }

        return models.Count > 1 ? [.. EnsembleTraining.Alike(models)] : models;
    }

    private TrainingOptions Resolve(ParseResult arguments)
    {
        var options = Presets.Get(arguments.GetValue(_preset)!);
        if (arguments.GetValue(_config) is { } file)
            options = Settings.ReadFile(file, options);
        options = (arguments.GetValue(_set) ?? []).Aggregate(options, Settings.Apply);
        if (arguments.GetValue(_seed) is { } seed)
            options = options with { Seed = seed };
        if (arguments.GetValue(_compress))
            options = options with { Storage = options.Storage with { Precision = Precision.Int4 } };
        return options.Validate();
    }
}
