using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using LightDxml.Cli.Input;
using LightDxml.Cli.Output;
using LightDxml.Data.Compression;
using LightDxml.Data.Predictions;
using LightDxml.Inference;
using LightDxml.Models;
using LightDxml.Text;
using LightDxml.Text.Reading;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml predict</c>: of files of features, and of raw text.</summary>
internal sealed class PredictCommand : Command, IHasExamples
{
    private const int StandardTop = 5;
    private const int ExplainedTerms = 5;

    private readonly CommandContext _context;
    private readonly Option<string> _model = CommonOptions.Folder("--model", "Model (a folder or an .ldx file) of 'train' (one model or an ensemble) or of a method of 'compare'.", required: true);
    private readonly Option<string[]> _text = new("--text") { Description = "Text to predict; may be given more than once.", HelpName = "TEXT" };
    private readonly Option<string> _input = CommonOptions.Files("--input", "Documents to predict, as raw text or features, in the formats of a training set; labels in it are ignored. - is the standard input, one document per line, answered as lines come. A folder: every file in it is a document, also in folders within it.");
    private readonly Option<string> _output = CommonOptions.File("--output", "File to write, or, of a folder of documents, a folder that gets a file for each, unless the name is that of a file (.csv, .jsonl, .txt, …). Without it, or with -, predictions go to the standard output.");
    private readonly Option<string> _style = new("--style") { Description = "table (default of --text), jsonl (default of raw text and of names in .jsonl) and csv (default of names in .csv): label names with scores. scores (default of feature files): label:score, best first, below a header. npz (default of names in .npz), omikuji, napkinxc, fasttext: formats of other tools. 'evaluate' and 'report' read all but table." };
    private readonly Option<bool> _explain = new("--explain") { Description = "Show for each predicted label the words that speak most for it." };
    private readonly Option<int> _top = new("--top") { Description = $"Labels per document, at most. Default: {StandardTop}, with a threshold {Decisions.Ranks}.", HelpName = "N" };
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Print predictions and errors alone." };
    private readonly Option<double?> _tail = TailOption.Create();
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly ThresholdOptions _thresholds;
    private readonly HierarchyOptions _hierarchy;
    private readonly Option<string> _labelNames = CommonOptions.File("--label-names", "Labels file with the hierarchy, in place of that of the model: JSON Lines of id and parents, or a SKOS vocabulary.");
    private readonly TextOptions _read;

    public PredictCommand(CommandContext context)
        : base("predict", "Predict the best labels of every document of a file, or of one text.")
    {
        _context = context;
        _style.AcceptOnlyFromAmong(PredictionStyle.All);
        _top.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && number < 1)
                result.AddError($"--top must be at least 1, but is {number}.");
        });
        foreach (var option in new Option[] { _model, _text, _input, _output, _top })
            Add(option);
        _thresholds = new ThresholdOptions(this);
        _hierarchy = new HierarchyOptions(this);
        Add(_labelNames);
        foreach (var option in new Option[] { _style, _explain, _quiet, _tail, _threads })
            Add(option);
        _read = new TextOptions(this);
        Validators.Add(result =>
        {
            // Values may be missing here: the parser reports that itself, and to ask for them would throw.
            if (result.GetResult(_text) is not null == result.GetResult(_input) is not null)
                result.AddError("Give either --text or --input.");
            if (result.GetResult(_labelNames) is not null && !_hierarchy.AreAsked(result))
                result.AddError("--label-names goes with --most-specific or --consistent: it names the labels above others.");
        });
        SetAction(Run);
    }

    public IReadOnlyList<string> Examples =>
    [
        "lightdxml predict --model model --input test.txt.gz --output predictions.txt",
        "lightdxml predict --model model --text \"Regulation on the import of bananas\" --explain",
        "lightdxml predict --model model --input test.jsonl --output predictions.csv --threshold auto",
        "lightdxml predict --model model --input test.jsonl --threshold auto --consistent --most-specific",
        "lightdxml predict --model model --input test.jsonl --output predictions.jsonl --tail 0.5",
        "cat titles.txt | lightdxml predict --model model --input - --style table",
        "lightdxml predict --model model --input texts --output labels --threshold 0.5 --style csv",
    ];

    private int Run(ParseResult arguments)
    {
        CommonOptions.CheckKernels();
        var (input, output) = (arguments.GetValue(_input), arguments.GetValue(_output) is var named and not StandardInput.Name ? named : null);
        var context = !arguments.GetValue(_quiet) ? _context
            : _context with { Messages = TextWriter.Null, Output = output is null ? _context.Output : TextWriter.Null };
        var threads = arguments.GetValue(_threads);
        var folder = input is not null && Directory.Exists(input);
        var toFolder = folder && output is not null && (Directory.Exists(output) || !PredictionStyle.NamesFile(output));
        var files = FilesRead.Of(arguments, _input, _thresholds.File, _labelNames);
        if (output is not null)
            PredictionTarget.Check(output, files, toFolder);
        using var model = ModelStore.Open(arguments.GetRequiredValue(_model), arguments.GetValue(_tail), threads);
        context.SayNote(model);
        var decisions = _thresholds.Read(arguments, model, context);
        var top = arguments.GetResult(_top) is { Implicit: false } ? arguments.GetValue(_top) : decisions is null ? StandardTop : Decisions.Ranks;
        if (_hierarchy.Read(arguments, arguments.GetValue(_labelNames) is { } file ? LabelCatalog.Read(file) : null, model) is { } hierarchy)
            decisions = decisions?.With(hierarchy) ?? Decisions.All(hierarchy, model);
        var read = Recognized(context, input, folder, _read.Of(arguments, threads, model.Reading) with { ForPrediction = model.Vectorizer is not null });
        var ofText = input is null or StandardInput.Name || folder || read.Format != TextFormat.Auto;
        var style = arguments.GetValue(_style) ?? PredictionStyle.OfName(output) ?? (input is null ? PredictionStyle.Table : ofText ? PredictionStyle.JsonLines : PredictionStyle.Scores);
        var explain = arguments.GetValue(_explain);
        if (explain && !ofText)
            throw new LightDxmlException($"--explain shows words, and {input} holds features, not raw text.");
        if (style == PredictionForms.FastText)
            PredictionForms.CheckFastTextNames(Enumerable.Range(0, model.Ranker.LabelCount).Select(model.IdOf));
        if (explain && style is not (PredictionStyle.Table or PredictionStyle.JsonLines))
            throw new LightDxmlException($"--explain has no place in the style {style}; take --style table or jsonl.");

        if (!ofText)
        {
            _read.RefuseForFeatures(arguments, input!);
            return Write(context, model, style, output, writer => PredictFeatures(context, model, input!, top, decisions, threads, writer));
        }

        var predictor = new TextPredictor(model, threads) { Decisions = decisions };
        if (folder && output is null)
            throw new LightDxmlException($"{input} is a folder of documents: --output names the folder that gets a file of labels for each, or one file for all, such as labels.csv.");
        if (toFolder)
            return PredictFolder(context, model, input!, output!, files, style, documents => predictor.PredictMany(documents, top, context.Stop), explain ? predictor : null, read);
        return Write(context, model, style, output, writer =>
        {
            void Take(PredictedText predicted)
            {
                context.Stop.ThrowIfCancellationRequested();
                writer.Write(new PredictedDocument(predicted, explain ? predictor.Explain(predicted.Document, predicted.Labels, ExplainedTerms, context.Stop) : null));
            }

            SkippedRows TakeFile(string path, TextReadOptions form) =>
                predictor.PredictFile(path, form, top, withText: explain || style == PredictionStyle.Table, Take, context.Stop);

            if (input is null)
            {
                foreach (var predicted in predictor.PredictMany(arguments.GetValue(_text)!.Select(text => new TextDocument("", "", text, [])), top, context.Stop))
                    Take(predicted);
            }
            else if (folder)
            {
                foreach (var predicted in predictor.PredictMany(DocumentFolder.Files(input).Select(file => TextFolder.Read(input, file, read)), top, context.Stop))
                    Take(predicted);
            }
            else if (input == StandardInput.Name)
            {
                TextReadOptions? form = null;
                StandardInput.ForEachPiece(context, read, piece =>
                {
                    form ??= StandardInput.Recognized(context, piece, read);
                    var skipped = TakeFile(piece, form);
                    writer.Flush();
                    return skipped;
                });
            }
            else
            {
                TextReading.SaySkipped(context, input, TakeFile(input, read));
            }
        });
    }

    /// <summary>How the documents are to be read: with a format, unless they are features. Text of no other form is a document a line.</summary>
    private static TextReadOptions Recognized(CommandContext context, string? input, bool folder, TextReadOptions read)
    {
        if (input is null or StandardInput.Name || folder || read.Format != TextFormat.Auto)
            return read;
        if (DataSource.Of(input).LabelsPath is not null || TextDialect.FormatOf(input, read) is not { } format)
            return read;
        if (format == TextFormat.PlainLines)
            context.Messages.WriteLine($"{input}: read as plain text, one document per line; --format names another format.");
        return read with { Format = format };
    }

    private static void PredictFeatures(CommandContext context, StoredModel model, string path, int top, Decisions? decisions, int threads, PredictionWriter writer)
    {
        var reader = new InputReader(context, new TextReadOptions(), threads);
        var features = reader.Fit(reader.ReadFeatures(DataSource.Of(path), needsLabels: false), model.Ranker.FeatureCount, model.FeatureNames);
        var watch = Stopwatch.StartNew();
        var predictions = model.Ranker.Predict(features, decisions?.RanksFor(top) ?? top, threads, context.Stop);
        var elapsed = watch.Elapsed;
        var isKnown = features.NonEmptyRows();
        decisions?.Apply(predictions, isKnown, top);
        var microseconds = elapsed.TotalMicroseconds / Math.Max(1, features.RowCount);
        context.Messages.WriteLine($"{path}: predicted in {elapsed.TotalSeconds:N2} s ({microseconds:N1} µs per document)");
        for (var document = 0; document < predictions.PointCount; document++)
        {
            context.Stop.ThrowIfCancellationRequested();
            var name = (document + 1).ToString(CultureInfo.InvariantCulture);
            writer.Write(new PredictedDocument(new PredictedText(new TextDocument(name, "", "", []), model.Named(predictions, document, top), isKnown[document]), null));
        }
    }

    private static int PredictFolder(
        CommandContext context, StoredModel model, string input, string output, FilesRead filesRead, string style, Func<IEnumerable<TextDocument>, IEnumerable<PredictedText>> predict, TextPredictor? explainer, TextReadOptions read)
    {
        var files = TextFolder.Files(input);
        OutputFile.CheckInFolders(files.Select(file => TextFolder.OutputFor(file, output, style)), filesRead);
        var silent = context with { Output = TextWriter.Null, Messages = TextWriter.Null };
        TextFolder.Write(output, staged =>
        {
            foreach (var predicted in predict(files.Select(file => TextFolder.Read(input, file, read))))
            {
                context.Stop.ThrowIfCancellationRequested();
                var because = explainer?.Explain(predicted.Document, predicted.Labels, ExplainedTerms, context.Stop);
                var file = TextFolder.OutputFor(predicted.Document.Id, staged, style);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                Write(silent, model, style, file, writer => writer.Write(new PredictedDocument(predicted, because)));
            }
        });
        context.Output.WriteLine($"{output}: {Counted.Of(files.Count, "document")}.");
        return ExitCode.Success;
    }

    private static int Write(CommandContext context, StoredModel model, string style, string? output, Action<PredictionWriter> write)
    {
        if (output is null)
        {
            var writer = new PredictionWriter(style, LabelNumbers.OfModel(model), context.Output, model.Hierarchy);
            write(writer);
            writer.End();
            return ExitCode.Success;
        }

        var (count, unknown) = (0L, 0L);
        CompressedFile.Write(output, stream =>
        {
            using var text = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            var writer = new PredictionWriter(style, LabelNumbers.OfModel(model), text, model.Hierarchy);
            write(writer);
            writer.End();
            context.Stop.ThrowIfCancellationRequested();
            (count, unknown) = (writer.Count, writer.Unknown);
        });
        if (unknown > 0)
            context.Messages.WriteLine($"Documents without a word or feature that the model knows: {unknown:N0}. They get the labels that most documents have, with a threshold none.");
        context.Output.WriteLine($"{output}: {Counted.Of(count, "document")}.");
        return ExitCode.Success;
    }
}
