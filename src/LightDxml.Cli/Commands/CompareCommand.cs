using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text;
using LightDxml.Cli.Comparison;
using LightDxml.Cli.Output;
using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Storage;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml compare</c>: all methods on the same data in one run.</summary>
internal sealed class CompareCommand : Command, IHasExamples
{
    private readonly CommandContext _context;
    private readonly Option<string> _train = CommonOptions.File("--train", "Training set.", required: true);
    private readonly Option<string> _test = CommonOptions.File("--test", "Test set with the true labels.");
    private readonly Option<double?> _holdOut = new("--hold-out") { Description = "Instead of a test set: the share of the training documents to hold out and test on, to choose settings by.", HelpName = "0..1" };
    private readonly Option<string> _methods = new("--methods")
    {
        Description = $"Methods, separated by commas, of: {string.Join(", ", ComparedMethods.Names)}. Other settings: xr-linear+cost=2+beam=20; --help-methods lists them.",
        HelpName = "A,B,…",
    };

    private readonly Option<string[]> _import = new("--import") { Description = "Predictions of any other tool, to stand in the same table.", HelpName = "NAME=FILE" };
    private readonly Option<string> _output = CommonOptions.Folder("--output", "Folder for models, predictions and tables; a comparison that was interrupted there is resumed.", required: true);
    private readonly Option<int> _top = CommonOptions.Number("--top", 5, "Labels per document.", least: 5);
    private readonly Option<int> _seed = new("--seed") { Description = "Seed of every method.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly Option<double> _a = new("--propensity-a") { Description = "Propensity exponent.", HelpName = "A", DefaultValueFactory = _ => new PropensityOptions().A };
    private readonly Option<double> _b = new("--propensity-b") { Description = "Propensity shift.", HelpName = "B", DefaultValueFactory = _ => new PropensityOptions().B };

    private readonly Option<string> _insert = new("--insert") { Description = "Also put the table into a Markdown file, between the lines <!-- compare: NAME --> and <!-- end: NAME -->.", HelpName = "FILE#NAME" };
    private readonly Option<bool> _helpMethods = new("--help-methods") { Description = "List every method with its settings, their defaults and meanings.", Action = new MethodsHelpAction() };

    public CompareCommand(CommandContext context)
        : base("compare", "Train and measure several methods on the same data, each in a process of its own, and write one table.")
    {
        _context = context;
        foreach (var option in new Option[] { _train, _test, _holdOut, _methods, _import, _output, _top, _seed, _threads, _a, _b, _insert, _helpMethods })
            Add(option);
        Validators.Add(result =>
        {
            if (result.GetValue(_methods) is null && result.GetValue(_import) is not { Length: > 0 })
                result.AddError("Give --methods, --import, or both.");
            if (result.GetValue(_test) is null == result.GetValue(_holdOut) is null)
                result.AddError("Give either --test or --hold-out.");
            if (result.GetValue(_holdOut) is { } share && !(share > 0 && share < 1))
                result.AddError("--hold-out must be between 0 and 1.");
        });
        SetAction(Run);
    }

    public IReadOnlyList<string> Examples =>
    [
        "lightdxml compare --train train.txt.gz --test test.txt.gz --methods lightdxml,xr-linear,parabel,bonsai --output comparison",
        "lightdxml compare --train train.txt --test test.txt --methods lightdxml --import mine=predictions.txt --output comparison",
        "lightdxml compare --train train.txt --hold-out 0.2 --methods parabel,parabel+cost=0.5,parabel+trees=10 --output tuning",
        "lightdxml compare --train train.txt --test test.txt --methods lightdxml,plt --output comparison --insert docs/results.md#eurlex57k",
        "lightdxml compare --help-methods",
    ];

    private int Run(ParseResult arguments)
    {
        CommonOptions.CheckKernels();
        var methods = Methods(arguments.GetValue(_methods) ?? "");
        var imports = (arguments.GetValue(_import) ?? []).Select(Import).ToArray();
        if (methods.Concat(imports.Select(import => import.Name)).GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new LightDxmlException($"'{twice.Key}' is named twice; every row needs a name of its own.");
        var propensities = new PropensityOptions(arguments.GetValue(_a), arguments.GetValue(_b)).Validate();
        var output = arguments.GetRequiredValue(_output);
        var settings = new ComparisonSettings(
            DataFileStamp.Of(arguments.GetRequiredValue(_train)), arguments.GetValue(_test) is { } testFile ? DataFileStamp.Of(testFile) : null, arguments.GetValue(_holdOut) ?? 0,
            arguments.GetValue(_top), arguments.GetValue(_seed), RowRanges.ResolveThreads(arguments.GetValue(_threads)), propensities.A, propensities.B);
        var section = arguments.GetValue(_insert) is { } place ? TableSection.Of(place) : null;
        settings.Begin(output);

        var (truth, inverse, facts) = Read(settings, propensities);
        var rows = new List<ComparisonRow>();
        for (var i = 0; i < methods.Count; i++)
        {
            _context.Messages.WriteLine($"method {i + 1} of {methods.Count}: {methods[i]}");
            rows.Add(Show(Row(methods[i], settings, Path.Combine(output, methods[i]), truth, inverse)));
            WriteTables(rows, settings, output, facts);
        }

        rows.AddRange(imports.Select(import => Show(Imported(import.Name, import.File, truth, inverse))));
        WriteTables(rows, settings, output, facts);
        var markdown = ComparisonTable.Markdown(rows, facts);
        section?.Fill(markdown);
        _context.Output.Write(markdown);
        return rows.Exists(row => row.Failure is not null) ? ExitCode.Error : ExitCode.Success;
    }

    // The features of neither set are kept: they belong to the methods' processes.
    private (SparseMatrix Truth, double[] Inverse, string Facts) Read(ComparisonSettings settings, PropensityOptions propensities)
    {
        var (train, test) = ComparisonData.Read(_context, settings.Train.Path, settings.Test?.Path, settings.HoldOut, settings.Seed, settings.Threads);
        var facts =
            $"{train.PointCount:N0} training and {test.PointCount:N0} {(settings.Test is null ? "held-out" : "test")} documents, {train.FeatureCount:N0} features, {train.LabelCount:N0} labels; " +
            $"propensities with A {propensities.A}, B {propensities.B}; seed {settings.Seed}; {settings.Threads} threads on {Processor.Name}, {RuntimeInformation.FrameworkDescription}. Metrics in percent.";
        return (test.Labels, Propensities.Inverse(train.Labels, propensities), facts);
    }

    private ComparisonRow Row(string method, ComparisonSettings settings, string folder, SparseMatrix truth, double[] inverse)
    {
        var resultPath = Path.Combine(folder, MethodResult.FileName);
        if (MethodResult.TryRead(resultPath) is null && MethodProcess.Run(method, settings, folder, _context.Stop) is { } failure)
            return new ComparisonRow(method, null, null, failure);
        var row = Imported(method, Path.Combine(folder, MethodRunCommand.PredictionsName), truth, inverse);
        return row with { Cost = MethodResult.TryRead(resultPath) };
    }

    private static ComparisonRow Imported(string name, string file, SparseMatrix truth, double[] inverse)
    {
        try
        {
            return new ComparisonRow(name, Evaluator.Evaluate(PredictionFile.Read(file), truth, new EvaluationOptions { Ks = ComparisonTable.Ks }, inverse), null, null);
        }
        catch (LightDxmlException fault)
        {
            return new ComparisonRow(name, null, null, fault.Message);
        }
    }

    private ComparisonRow Show(ComparisonRow row)
    {
        var outcome = row.Report is { } report ? $"P@1 {100 * report.Precision[0]:F2}" : $"failed: {row.Failure}";
        var cost = row.Cost is { } spent ? $", trained in {spent.TrainingSeconds:N1} s" : "";
        _context.Messages.WriteLine($"{row.Name}: {outcome}{cost}");
        return row;
    }

    private static void WriteTables(IReadOnlyList<ComparisonRow> rows, ComparisonSettings settings, string output, string facts)
    {
        Write("table.md", Encoding.UTF8.GetBytes(ComparisonTable.Markdown(rows, facts)));
        Write("table.csv", Encoding.UTF8.GetBytes(ComparisonTable.Csv(rows)));
        Write("table.json", ComparisonTable.Json(rows, settings));

        void Write(string name, byte[] content) => AtomicFile.Write(Path.Combine(output, name), stream => stream.Write(content));
    }

    private static IReadOnlyList<string> Methods(string list) =>
        [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => ComparedMethods.Get(name).Name)];

    private static (string Name, string File) Import(string text) =>
        text.Split('=', 2) is [{ Length: > 0 } name, { Length: > 0 } file]
            ? (name, file)
            : throw new LightDxmlException($"--import wants NAME=FILE, but got '{text}'.");
}
