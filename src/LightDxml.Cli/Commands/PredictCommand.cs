using System.CommandLine;
using System.Diagnostics;
using LightDxml.Cli.Output;
using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Models;
using LightDxml.Storage;
using LightDxml.Text;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml predict</c>: of files of features, and of raw text.</summary>
internal sealed class PredictCommand : Command, IHasExamples
{
    private const string StandardInput = "-";
    private const string Table = "table", JsonLines = "jsonl", Scores = "scores";
    private const int ExplainedTerms = 5;

    /// <summary>Predicts documents and hands each on with its labels.</summary>
    private delegate void Predicted(TextPredictor predictor, Action<TextDocument, IReadOnlyList<ScoredLabel>> take);

    private readonly CommandContext _context;
    private readonly Option<string> _model = CommonOptions.Folder("--model", "Model (a folder or an .ldx file) of 'train' (one model or an ensemble) or of a method of 'compare'.", required: true);
    private readonly Option<string[]> _text = new("--text") { Description = "Text to predict; may be given more than once.", HelpName = "TEXT" };
    private readonly Option<string> _input = CommonOptions.File("--input", "Documents to predict, as raw text or features, in the formats of a training set; labels in it are ignored. - is the standard input, one document per line.");
    private readonly Option<string> _output = CommonOptions.File("--output", "File to write; label names go to the standard output without it.");
    private readonly Option<string> _style = new("--style") { Description = "table (default of --text) and jsonl (default of raw text): label names with scores. scores (default of feature files): label:score, best first, as 'evaluate' reads it." };
    private readonly Option<bool> _explain = new("--explain") { Description = "Show for each predicted label the words that speak most for it." };
    private readonly Option<int> _top = CommonOptions.Number("--top", 5, "Labels per document.", least: 1);
    private readonly Option<double?> _tail = TailOption.Create();
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly TextOptions _read;

    public PredictCommand(CommandContext context)
        : base("predict", "Predict the best labels of every document of a file, or of one text.")
    {
        _context = context;
        _style.AcceptOnlyFromAmong(Table, JsonLines, Scores);
        foreach (var option in new Option[] { _model, _text, _input, _output, _top, _style, _explain, _tail, _threads })
            Add(option);
        _read = new TextOptions(this);
        Validators.Add(result =>
        {
            // Values may be missing here: the parser reports that itself, and to ask for them would throw.
            if (result.GetResult(_text) is not null == result.GetResult(_input) is not null)
                result.AddError("Give either --text or --input.");
        });
        SetAction(Run);
    }

    public IReadOnlyList<string> Examples =>
    [
        "lightdxml predict --model model --input test.txt.gz --output predictions.txt",
        "lightdxml predict --model model --text \"Regulation on the import of bananas\" --explain",
        "lightdxml predict --model model --input test.jsonl --output predictions.jsonl --top 10",
        "lightdxml predict --model model --input test.jsonl --output predictions.jsonl --tail 0.5",
        "cat titles.txt | lightdxml predict --model model --input - --style table",
    ];

    private int Run(ParseResult arguments)
    {
        CommonOptions.CheckKernels();
        var threads = arguments.GetValue(_threads);
        using var model = ModelStore.Open(arguments.GetRequiredValue(_model), arguments.GetValue(_tail), threads);
        var read = _read.Of(arguments, threads, model.Reading) with { ForPrediction = model.Vectorizer is not null };
        if (arguments.GetValue(_text) is { Length: > 0 } texts)
            return PredictDocuments(arguments, model, Table, (predictor, take) =>
            {
                foreach (var (document, labels) in predictor.PredictMany(texts.Select(text => new TextDocument("", "", text, [])), arguments.GetValue(_top)))
                    take(document, labels);
            });
        var input = arguments.GetValue(_input)!;
        if (input == StandardInput)
            return PredictStandardInput(arguments, model, read);
        return TextOptions.IsText(input, read)
            ? PredictDocuments(arguments, model, JsonLines, OfFile(arguments, input, read))
            : PredictPoints(arguments, model, input, threads);
    }

    private int PredictPoints(ParseResult arguments, StoredModel model, string path, int threads)
    {
        var output = arguments.GetValue(_output) ?? throw new LightDxmlException("Predictions of feature files need --output, the file to write them to.");
        var input = DataReading.Read(_context, new DatasetReadOptions { Threads = threads, MinFeatureCount = model.Ranker.FeatureCount }, path);
        var watch = Stopwatch.StartNew();
        var predictions = model.Ranker.Predict(input.Features, arguments.GetValue(_top), threads);
        var elapsed = watch.Elapsed;
        _context.Stop.ThrowIfCancellationRequested();
        PredictionFile.Write(predictions, output);
        var microseconds = elapsed.TotalMicroseconds / Math.Max(1, input.PointCount);
        _context.Output.WriteLine($"{output}: {input.PointCount:N0} documents, {predictions.Width} labels each, {elapsed.TotalSeconds:N2} s ({microseconds:N1} µs per document).");
        return ExitCode.Success;
    }

    // Readers go by files, which tell their form and can be read twice.
    private int PredictStandardInput(ParseResult arguments, StoredModel model, TextReadOptions read)
    {
        var file = Path.GetTempFileName();
        try
        {
            using (var stream = File.Create(file))
            using (var input = Console.OpenStandardInput())
                input.CopyTo(stream);
            if (new FileInfo(file).Length == 0)
                return ExitCode.Success;
            return PredictDocuments(arguments, model, JsonLines, OfFile(arguments, file, read with { Format = read.Format == TextFormat.Auto ? TextFormat.PlainLines : read.Format }));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The documents of a file; their text is at hand where something is to be shown or learned of it.</summary>
    private Predicted OfFile(ParseResult arguments, string path, TextReadOptions read) => (predictor, take) =>
    {
        var withText = arguments.GetValue(_explain) || arguments.GetValue(_style) == Table;
        TextReading.SaySkipped(_context, path, predictor.PredictFile(path, read, arguments.GetValue(_top), withText, take));
    };

    private int PredictDocuments(ParseResult arguments, StoredModel model, string usualStyle, Predicted documents)
    {
        var predictor = new TextPredictor(model, arguments.GetValue(_threads));
        var style = arguments.GetValue(_style) ?? usualStyle;
        if (style == Scores)
            return WriteScores(arguments, predictor, documents);
        if (arguments.GetValue(_output) is not { } output)
        {
            Write(_context.Output);
            return ExitCode.Success;
        }

        AtomicFile.Write(output, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            Write(writer);
        });
        _context.Output.WriteLine($"{output}: written.");
        return ExitCode.Success;

        void Write(TextWriter writer)
        {
            documents(predictor, (document, labels) =>
            {
                _context.Stop.ThrowIfCancellationRequested();
                var because = arguments.GetValue(_explain) ? predictor.Explain(document, labels, ExplainedTerms) : null;
                var predicted = new PredictedDocument(document, labels, because);
                if (style == Table)
                    PredictionText.WriteTable(predicted, writer);
                else
                    PredictionText.WriteJsonLine(predicted, writer);
            });
        }
    }

    private int WriteScores(ParseResult arguments, TextPredictor predictor, Predicted documents)
    {
        var output = arguments.GetValue(_output) ?? throw new LightDxmlException("--style scores needs --output, the file to write.");
        var rows = new List<IReadOnlyList<ScoredLabel>>();
        documents(predictor, (_, labels) => rows.Add(labels));
        var predictions = new RankedLabels(rows.Count, predictor.LabelCount, Math.Min(arguments.GetValue(_top), predictor.LabelCount));
        for (var point = 0; point < rows.Count; point++)
        {
            for (var place = 0; place < rows[point].Count; place++)
            {
                predictions.Labels(point)[place] = rows[point][place].Row;
                predictions.Scores(point)[place] = rows[point][place].Score;
            }
        }

        _context.Stop.ThrowIfCancellationRequested();
        PredictionFile.Write(predictions, output);
        _context.Output.WriteLine($"{output}: {rows.Count:N0} documents, {predictions.Width} labels each.");
        return ExitCode.Success;
    }
}
