using System.CommandLine;
using System.Diagnostics;
using LightDxml.Baselines.LabelTrees;
using LightDxml.Cli.Comparison;
using LightDxml.Cli.Input;
using LightDxml.Cli.Output;
using LightDxml.Data;
using LightDxml.Storage;
using LightDxml.Text;
using LightDxml.Training;

namespace LightDxml.Cli.Commands;

/// <summary>
/// <c>lightdxml method-run</c>: one method of <c>compare</c>, in a process of its own so that its memory is its own. Writes
/// the model, <c>predictions.txt</c>, and last <c>method.json</c>. Hidden: people run <c>compare</c>.
/// </summary>
internal sealed class MethodRunCommand : Command
{
    public const string CommandName = "method-run";

    /// <summary>The option that stops the process when the one that started it says so, or ends.</summary>
    public const string EndsWithParent = "--ends-with-parent";
    public const string PredictionsName = "predictions.txt";
    private const string ModelName = "model";
    private const int TimedPasses = 3;

    /// <summary>A pass that takes longer is timed as it is: compilation no longer counts, and more passes would only take long.</summary>
    private static readonly TimeSpan LongPass = TimeSpan.FromSeconds(10);

    private readonly CommandContext _context;
    private readonly Option<bool> _endsWithParent = new(EndsWithParent);
    private readonly Option<string> _method = new("--method") { Required = true };
    private readonly Option<string> _train = CommonOptions.File("--train", "Training set.", required: true);
    private readonly Option<string> _test = CommonOptions.File("--test", "Test set.");
    private readonly Option<double> _holdOut = new("--hold-out");
    private readonly Option<string> _output = CommonOptions.Folder("--output", "Folder to write.", required: true);
    private readonly Option<int> _top = CommonOptions.Number("--top", 5, "Labels per document.", least: 1);
    private readonly Option<int> _seed = new("--seed") { DefaultValueFactory = _ => 1 };
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly Option<string> _checkpointEvery = CheckpointOptions.Every("Time between saves.");

    public MethodRunCommand(CommandContext context)
        : base(CommandName, "Run one method of a comparison.")
    {
        _context = context;
        Hidden = true;
        foreach (var option in new Option[] { _endsWithParent, _method, _train, _test, _holdOut, _output, _top, _seed, _threads, _checkpointEvery })
            Add(option);
        SetAction(Run);
    }

    private int Run(ParseResult arguments)
    {
        if (arguments.GetValue(_endsWithParent))
            ParentWatch.Begin(_context.Terminate);
        CommonOptions.CheckKernels();
        var method = ComparedMethods.Get(arguments.GetRequiredValue(_method));
        var (output, threads, seed) = (arguments.GetRequiredValue(_output), arguments.GetValue(_threads), arguments.GetValue(_seed));
        var modelFolder = Path.Combine(output, ModelName);
        Directory.CreateDirectory(output);
        foreach (var name in new[] { PredictionsName, MethodResult.FileName })
            AtomicFile.Target(Path.Combine(output, name));
        var input = new InputReader(_context, new TextReadOptions(), threads);
        var data = ComparisonData.Read(
            _context, input, source => input.ReadFeatures(source), DataSource.Of(arguments.GetRequiredValue(_train)),
            arguments.GetValue(_test) is { } testFile ? DataSource.Of(testFile) : null, arguments.GetValue(_holdOut), seed);
        seed = MethodNames.SeedOf(method.Name) ?? seed;
        var sets = Subsample(data.SetsOf(method.ReadsWords ? TextOfComparison.Words(arguments.GetRequiredValue(_train), arguments.GetValue(_test), method.Encoder) : null), MethodNames.SubsampleOf(method.Name), seed);

        var folder = CheckpointOf(arguments, method, modelFolder);
        var checkpoint = folder is null ? Checkpoint.None : Checkpoint.In(folder, CheckpointOptions.Every(arguments, _checkpointEvery));
        var observer = new ConsoleObserver(_context.Messages.WriteLine);
        checkpoint.Observer = observer;
        var time = TrainingTime.Start(checkpoint);
        using var trained = method.Train(sets, seed, threads, observer, checkpoint.Within("method"), _context.Stop);
        var (elapsed, processor) = time.End();
        _context.Stop.ThrowIfCancellationRequested();
        trained.Save(modelFolder, threads);
        var (all, predictions) = Time(trained, data.TestFeatures.RowCount, arguments.GetValue(_top), threads);
        var (one, _) = Time(trained, data.TestFeatures.RowCount, arguments.GetValue(_top), threads: 1);
        PredictionFile.Write(predictions, Path.Combine(output, PredictionsName));
        using var process = Process.GetCurrentProcess();
        new MethodResult(
            method.Name, seed, RowRanges.ResolveThreads(threads), elapsed.TotalSeconds, processor.TotalSeconds, one, all, Summary.BytesOf(modelFolder), process.PeakWorkingSet64, ComparisonSettings.ToolVersion, DataFileStamp.OfEncoder(method.Encoder))
            .Write(Path.Combine(output, MethodResult.FileName));
        folder?.Remove();
        _context.Messages.WriteLine($"{method.Name}: trained in {elapsed.TotalSeconds:N1} s ({processor.TotalSeconds:N1} processor seconds), {one:N1} µs per document in one thread");
        return ExitCode.Success;
    }

    /// <summary>Where the training keeps how far it is, and goes on from if it is the same by the same program; null where it is to keep nothing.</summary>
    private CheckpointFolder? CheckpointOf(ParseResult arguments, IComparedMethod method, string model)
    {
        if (CheckpointOptions.Every(arguments, _checkpointEvery) == TimeSpan.Zero)
            return null;
        var sets = new[] { _train, _test }.Where(option => arguments.GetValue(option) is not null)
            .SelectMany(option => DataSource.Of(arguments.GetValue(option)!).Paths.Select(path => (option.Name, File: new SourceFile(path)))).ToArray();
        var key = new CheckpointKey(() =>
        [
            .. CheckpointOptions.ProgramOf(method.ComputedBy, typeof(LabelTreeModel)),
            .. sets.Select((set, place) => ($"{set.Name} ({place + 1})", set.File.Checksum())),
            (_method.Name, method.Name),
            ("the text encoder", DataFileStamp.OfEncoder(method.Encoder) ?? ""),
            .. new Option[] { _holdOut, _seed, _threads }.Select(option => (option.Name, $"{arguments.GetResult(option)?.Tokens.SingleOrDefault()}")),
        ]);
        var folder = CheckpointFolder.ResumeOrBegin(CheckpointFolder.NameFor(model), key, _context.Saving);
        if (folder.HoldsWork)
            _context.Messages.WriteLine($"Going on from {folder.Path}.");
        return folder;
    }

    private static ComparedSets Subsample(ComparedSets sets, double share, int seed)
    {
        if (share == 1)
            return sets;
        var documents = HoldOut.Draw(sets.Train.PointCount, Math.Max(1, (int)(sets.Train.PointCount * share)), seed).HeldOut;
        return sets with
        {
            Train = sets.Train.SelectRows(documents),
            Words = sets.Words is { } words ? words with { Train = words.Train.Select(documents) } : null,
        };
    }

    // The first pass compiles the code; of the others the fastest is the machine's, not its neighbours'.
    private (double Microseconds, RankedLabels Predictions) Time(TrainedMethod trained, int documents, int top, int threads)
    {
        var watch = Stopwatch.StartNew();
        var predictions = trained.Predict(top, threads, _context.Stop);
        var best = watch.Elapsed;
        for (var pass = 0; pass < TimedPasses && watch.Elapsed < LongPass; pass++)
        {
            watch.Restart();
            predictions = trained.Predict(top, threads, _context.Stop);
            best = watch.Elapsed < best ? watch.Elapsed : best;
        }

        return (best.TotalMicroseconds / Math.Max(1, documents), predictions);
    }
}
