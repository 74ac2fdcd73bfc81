using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text;
using LightDxml.Cli.Comparison;
using LightDxml.Cli.Input;
using LightDxml.Cli.Output;
using LightDxml.Configuration;
using LightDxml.Metrics;
using LightDxml.Storage;
using LightDxml.Text;
using LightDxml.Text.Vectors;
using LightDxml.TextEncoding;
using LightDxml.Training;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml compare</c>: all methods on the same data in one run.</summary>
internal sealed class CompareCommand : Command, IHasExamples
{
    private const string MarkdownTable = "table.md", CsvTable = "table.csv", LatexTable = "table.tex", JsonTable = "table.json", CostPlot = "cost.svg", TailPlot = "tail.svg";

    private readonly CommandContext _context;
    private readonly Option<string> _train = CommonOptions.Files("--train", $"Training set: {DataSource.Forms}.", required: true);
    private readonly Option<string> _test = CommonOptions.Files("--test", "Test set with the true labels, in any of the formats. Raw text gets the features of a vectoriser that is fitted on the training set, once for all methods.");
    private readonly Option<string> _filter = CommonOptions.File("--filter", LabelFilter.Description);
    private readonly Option<double?> _holdOut = new("--hold-out") { Description = "Instead of a test set: the share of the training documents to hold out and test on, to choose settings by.", HelpName = "0..1" };
    private readonly Option<string> _methods = new("--methods")
    {
        Description = $"Methods, separated by commas, of: {string.Join(", ", ComparedMethods.Names)}. Other settings: xr-linear+cost=2+beam=20, also several values of one: cost=1|2|3; --help-methods lists them. Every method takes seed=N and subsample=SHARE.",
        HelpName = "A,B,…",
    };

    private readonly Option<string[]> _import = new("--import") { Description = "Predictions of any other tool, to stand in the same table.", HelpName = "NAME=FILE" };
    private readonly Option<string> _output = CommonOptions.Folder("--output", "Folder for models, predictions and tables; a comparison that was interrupted there is resumed.", required: true);
    private readonly Option<int> _top = CommonOptions.Number("--top", 5, "Labels per document.", least: 5);
    private readonly Option<int> _seed = new("--seed") { Description = "Seed of every method.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _seeds = new("--seeds") { Description = "Train every method with each of these seeds; the table has their mean ± standard deviation.", HelpName = "N,N,…" };
    private readonly Option<string> _subsample = new("--subsample") { Description = "Train every method on each of these shares of the training documents: learning curves.", HelpName = "0..1,…" };
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly Option<string> _checkpointEvery = CheckpointOptions.Every("How often the training of lightdxml or of a network saves how far it is, in the method's folder, so that a second run goes on from there: 30s, 5m, 2h; 0 never.");
    private readonly Option<double> _a = new("--propensity-a") { Description = "Propensity exponent.", HelpName = "A", DefaultValueFactory = _ => new PropensityOptions().A };
    private readonly Option<double> _b = new("--propensity-b") { Description = "Propensity shift.", HelpName = "B", DefaultValueFactory = _ => new PropensityOptions().B };

    private readonly Option<string> _insert = new("--insert") { Description = "Also put the table into a Markdown file, between the lines <!-- compare: NAME --> and <!-- end: NAME -->.", HelpName = "FILE#NAME" };
    private readonly Option<string[]> _set = new("--set") { Description = "Settings of the features of raw text, text.*, such as text.maxNgram=1; those of methods are written with the methods.", HelpName = "text.key=value ...", AllowMultipleArgumentsPerToken = true };
    private readonly TextOptions _read;
    private readonly LabelOptions _labelOptions;
    private readonly Option<bool> _helpMethods = new("--help-methods") { Description = "List every method with its settings, their defaults and meanings.", Action = new MethodsHelpAction() };

    public CompareCommand(CommandContext context)
        : base("compare", "Train and measure several methods on the same data, each in a process of its own, and write one table.")
    {
        _context = context;
        foreach (var option in new Option[] { _train, _test, _holdOut, _filter, _methods, _import, _output, _top, _seed, _seeds, _subsample, _threads, _checkpointEvery, _a, _b, _insert, _set, _helpMethods })
            Add(option);
        _read = new TextOptions(this);
        _labelOptions = new LabelOptions(this);
        Validators.Add(result =>
        {
            if (result.GetValue(_methods) is null && result.GetValue(_import) is not { Length: > 0 })
                result.AddError("Give --methods, --import, or both.");
            if (result.GetValue(_test) is null == result.GetValue(_holdOut) is null)
                result.AddError("Give either --test or --hold-out.");
            if (result.GetValue(_holdOut) is { } share && !(share > 0 && share < 1))
                result.AddError("--hold-out must be between 0 and 1.");
            if ((result.GetValue(_set) ?? []).FirstOrDefault(setting => !setting.StartsWith("text.", StringComparison.Ordinal)) is { } other)
                result.AddError($"--set takes settings of raw text, text.*, but is '{other}'; settings of a method are written with it: --methods lightdxml+{other}.");
        });
        SetAction(Run);
    }

    public IReadOnlyList<string> Examples =>
    [
        "lightdxml compare --train train.txt.gz --test test.txt.gz --methods lightdxml,xr-linear,parabel,bonsai --output comparison",
        "lightdxml compare --train train.txt --test test.txt --methods lightdxml --import mine=predictions.txt --output comparison",
        "lightdxml compare --train train.txt --hold-out 0.2 --methods parabel,parabel+cost=0.5,parabel+trees=10 --output tuning",
        "lightdxml compare --train train.txt --test test.txt --methods lightdxml,plt --output comparison --insert docs/results.md#eurlex57k",
        "lightdxml compare --train train.csv --test test.csv --methods lightdxml,bonsai --seeds 1,2,3 --output comparison",
        "lightdxml compare --train train.txt --hold-out 0.2 --methods 'xr-linear+cost=0.5|1|2' --subsample 0.1,0.3,1 --output curves",
        "lightdxml compare --train train.jsonl --test test.jsonl --methods lightdxml,cnn-kim,xml-cnn+epochs=10 --output networks",
        "lightdxml compare --train train.jsonl --test test.jsonl --methods lightdxml,haxmlnet,attention-xml+clusterLabels=16 --output attention",
        "lightdxml compare --train train.jsonl --test test.jsonl --methods lightdxml,x-bert,xr-transformer+maxTokens=64+epochs=2 --output levels",
        "lightdxml compare --train train.jsonl --test test.jsonl --methods lightdxml,bert+encoder=minilm+maxTokens=64 --output transformers",
        "lightdxml compare --train train.jsonl --test test.jsonl --methods lightdxml,bonsai --set text.maxNgram=1 --label-names labels.jsonl --add-ancestors --output words",
        "lightdxml compare --help-methods",
    ];

    private int Run(ParseResult arguments)
    {
        CommonOptions.CheckKernels();
        var methods = MethodNames.Expand(arguments.GetValue(_methods) ?? "", List(arguments.GetValue(_seeds)), List(arguments.GetValue(_subsample)));
        var imports = (arguments.GetValue(_import) ?? []).Select(Import).ToArray();
        if (methods.Concat(imports.Select(import => import.Name)).GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new LightDxmlException($"'{twice.Key}' is named twice; every row needs a name of its own.");
        if (imports.FirstOrDefault(import => methods.Any(method => MethodNames.WithoutSeed(method) == MethodNames.WithoutSeed(import.Name))) is { Name: { } same })
            throw new LightDxmlException($"'{same}' is the name of an import and, but for the seed, of a method; every row needs a name of its own.");
        var propensities = new PropensityOptions(arguments.GetValue(_a), arguments.GetValue(_b)).Validate();
        var (output, threads) = (arguments.GetRequiredValue(_output), RowRanges.ResolveThreads(arguments.GetValue(_threads)));
        var files = FilesRead.Of(arguments, _train, _test, _filter, _labelOptions.File);
        files.Add(_import.Name, imports.Select(import => import.File));
        OutputFile.CheckInFolders(new[] { MarkdownTable, CsvTable, LatexTable, JsonTable, CostPlot, TailPlot }.Select(name => Path.Combine(output, name)), files);
        var section = arguments.GetValue(_insert) is { } place ? TableSection.Of(place) : null;
        var train = DataFileStamp.Of(arguments.GetRequiredValue(_train));
        var read = _read.Of(arguments, threads);
        var input = new InputReader(_context, read, threads);
        var isText = input.IsText(train.Source!);
        if (!isText)
            RefuseForFeatures(arguments, train.Source!.Name);
        var ofWords = methods.Select(ComparedMethods.Get).Where(method => method.ReadsWords).ToArray();
        if (ofWords.Length > 0 && !isText)
            throw new LightDxmlException($"{ofWords[0].Name} reads words in their order, but {train.Source!.Name} holds features; --train and --test must be raw text for it.");
        var text = (arguments.GetValue(_set) ?? []).Aggregate(new TrainingOptions(), Settings.Apply).Validate().Text;
        using var encoder = isText ? TextEncoders.Open(text) : null;
        var labels = isText && Stamp(_labelOptions.File) is { } names ? $"{names}{(_labelOptions.AddsAncestors(arguments) ? " with ancestors" : "")}" : null;
        var settings = new ComparisonSettings(
            train, Stamp(_test), Stamp(_filter), arguments.GetValue(_holdOut) ?? 0, arguments.GetValue(_top), arguments.GetValue(_seed), threads, propensities.A, propensities.B,
            isText ? string.Join("; ", [Words(read), .. text == new TrainingOptions().Text ? Array.Empty<string>() : [text.ToString()], .. labels is null ? Array.Empty<string>() : [labels], .. DataFileStamp.OfEncoder(text.Encoder) is { } folder ? [$"encoder of {folder}"] : Array.Empty<string>()]) : null,
            ComparisonSettings.ToolVersion, string.Join(' ', ["lightdxml", .. arguments.Tokens.Select(token => token.Value)]));
        settings.Check(output);

        var catalog = isText ? _labelOptions.Read(arguments) : null;
        var data = Read(settings, read, text, encoder, catalog, _labelOptions.Ancestors(arguments, catalog, read) is not null, output, out var sources);
        var filter = settings.Filter is { } file ? FilterOf(data, file.Source!.Path) : null;
        foreach (var tokens in ofWords.Select(method => method.Encoder).Distinct())
        {
            var (trainPath, testPath) = (settings.Train.Source!.Path, settings.Test?.Source!.Path);
            if (tokens is null)
                TextOfComparison.WriteWords(_context, output, trainPath, testPath, read, text);
            else
                TextOfComparison.WriteTokens(output, tokens, trainPath, testPath, read);
        }

        var measure = new ComparisonMeasure(_context, data, filter, propensities, TestIds);
        var facts = Facts(settings, methods, data, propensities);
        var rows = new List<ComparisonRow>();
        for (var i = 0; i < methods.Count; i++)
        {
            _context.Messages.WriteLine($"method {i + 1} of {methods.Count}: {methods[i]}");
            rows.Add(Show(Row(methods[i], settings with { Top = settings.Top + (filter?.Widest ?? 0) }, sources, Path.Combine(output, MethodNames.FolderOf(methods[i])), arguments.GetValue(_checkpointEvery)!, measure)));
            WriteTables(rows, settings, output, facts);
        }

        rows.AddRange(imports.Select(import => Show(measure.Row(import.Name, import.File))));
        WriteTables(rows, settings, output, facts);
        var markdown = ComparisonTable.Markdown(rows, facts) + ComparisonMeasure.Significance(rows);
        AtomicFile.Write(Path.Combine(output, MarkdownTable), stream => stream.Write(Encoding.UTF8.GetBytes(markdown)));
        section?.Fill(markdown);
        _context.Output.Write(markdown);
        return rows.Exists(row => row.Failure is not null) ? ExitCode.Error : ExitCode.Success;

        IReadOnlyList<string>? TestIds()
        {
            var ids = input.ReadIds(settings.Test?.Source ?? train.Source!);
            return ids is not null && data.HeldOut is var (_, heldOut) ? [.. heldOut.Select(document => ids[document])] : ids;
        }

        DataFileStamp? Stamp(Option<string> option) => arguments.GetValue(option) is { } name ? DataFileStamp.Of(name) : null;
    }

    /// <summary>How text is read, in words that tell an option of none from one that is not given.</summary>
    private static string Words(TextReadOptions read)
    {
        return (read with { Threads = 0, TitleField = Said(read.TitleField), LabelSeparator = Said(read.LabelSeparator), Quote = Said(read.Quote) }).ToString();

        static string? Said(string? value) => value is "" ? "none" : value;
    }

    private void RefuseForFeatures(ParseResult arguments, string name)
    {
        _read.RefuseForFeatures(arguments, name);
        _labelOptions.RefuseForFeatures(arguments, name);
        if (arguments.GetValue(_set) is [var setting, ..])
            throw TextOptions.HoldsFeatures(name, $"{setting} is a setting for raw text");
    }

    // The features of neither set are kept: they belong to the methods' processes.
    private ComparisonData Read(
        ComparisonSettings settings, TextReadOptions read, TextVectorizerOptions text, ITextEncoder? encoder, LabelCatalog? catalog, bool addAncestors, string output, out (DataSource Train, DataSource? Test) sources)
    {
        var input = new InputReader(_context, read, settings.Threads, addAncestors ? catalog : null);
        sources = (settings.Train.Source!, settings.Test?.Source);
        var isText = settings.TextReading is not null;
        if (settings.OtherVersion(output) is { } version)
        {
            _context.Messages.WriteLine($"{output}: was made by version {version}; its features and methods are made anew");
            if (isText)
                TextOfComparison.Clear(output);
        }

        if (isText && TextOfComparison.Find(output, settings.Test is not null) is { } cached)
            (sources, isText) = (cached, false);
        InputSet? whole = null;
        var ofText = TextOfComparison.Reader(_context, input, read, text, encoder, catalog, addAncestors);
        var data = ComparisonData.Read(
            _context, input,
            source =>
            {
                var set = isText ? ofText(source) : input.ReadFeatures(source);
                whole ??= set;
                return set;
            },
            sources.Train, sources.Test, settings.HoldOut, settings.Seed);
        settings.Begin(output);
        if (isText)
            sources = TextOfComparison.Write(output, data, settings.Test is not null, whole);
        return data;
    }

    /// <summary>A filter numbers the documents of a file: without a test set, those of the training set.</summary>
    private static LabelFilter FilterOf(ComparisonData data, string path) => data.HeldOut is var (trainRows, testRows)
        ? LabelFilter.Read(path, trainRows.Length + testRows.Length, data.Labels).Select(testRows)
        : LabelFilter.Read(path, data.Truth.RowCount, data.Labels);

    private static string Facts(ComparisonSettings settings, IReadOnlyList<string> methods, ComparisonData data, PropensityOptions propensities) =>
        $"{data.Train.PointCount:N0} training and {data.Truth.RowCount:N0} {(settings.Test is null ? "held-out" : "test")} documents, {Counted.Of(data.Train.FeatureCount, "feature")}, {Counted.Of(data.Train.LabelCount, "label")}; " +
        $"propensities with A {propensities.A}, B {propensities.B}; {(methods.All(method => MethodNames.SeedOf(method) is not null) ? "" : $"seed {settings.Seed}; ")}{settings.Threads} {(settings.Threads == 1 ? "thread" : "threads")} on {Processor.Name}, {RuntimeInformation.FrameworkDescription}, lightdxml {settings.Version}, {ComparisonTable.Today}. Metrics in percent.";

    private ComparisonRow Row(string method, ComparisonSettings settings, (DataSource Train, DataSource? Test) sources, string folder, string checkpointEvery, ComparisonMeasure measure)
    {
        var resultPath = Path.Combine(folder, MethodResult.FileName);
        var isKept = MethodResult.TryRead(resultPath) is { } there
            && (there.Method, there.Version, there.Encoder) == (method, ComparisonSettings.ToolVersion, DataFileStamp.OfEncoder(ComparedMethods.Get(method).Encoder));
        if (!isKept && MethodProcess.Run(method, settings, sources.Train, sources.Test, folder, checkpointEvery, _context.Saving, _context.Stop) is { } failure)
            return new ComparisonRow(method, null, null, failure);
        return measure.Row(method, Path.Combine(folder, MethodRunCommand.PredictionsName)) with { Cost = MethodResult.TryRead(resultPath), IsKept = isKept };
    }

    private ComparisonRow Show(ComparisonRow row)
    {
        var outcome = row.Report is { } report ? $"P@1 {100 * report.Precision[0]:F2}" : $"failed: {row.Failure}";
        var cost = row.Cost is { } spent ? row.IsKept ? ", kept from an earlier run" : $", trained in {spent.TrainingSeconds:N1} s" : "";
        _context.Messages.WriteLine($"{row.Name}: {outcome}{cost}");
        return row;
    }

    private static void WriteTables(IReadOnlyList<ComparisonRow> rows, ComparisonSettings settings, string output, string facts)
    {
        Write(MarkdownTable, Encoding.UTF8.GetBytes(ComparisonTable.Markdown(rows, facts)));
        Write(CsvTable, Encoding.UTF8.GetBytes(ComparisonTable.Csv(rows)));
        Write(LatexTable, Encoding.UTF8.GetBytes(ComparisonTable.Latex(rows)));
        Write(JsonTable, ComparisonTable.Json(rows, settings));
        if (ComparisonPlots.Cost(rows) is { } cost)
            Write(CostPlot, Encoding.UTF8.GetBytes(cost));
        if (ComparisonPlots.Tail(rows) is { } tail)
            Write(TailPlot, Encoding.UTF8.GetBytes(tail));

        void Write(string name, byte[] content) => AtomicFile.Write(Path.Combine(output, name), stream => stream.Write(content));
    }

    private static string[] List(string? text) => text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static (string Name, string File) Import(string text) =>
        CommonOptions.NameAndPath(text) ?? throw new LightDxmlException($"--import needs NAME=FILE, but got '{text}'.");
}
