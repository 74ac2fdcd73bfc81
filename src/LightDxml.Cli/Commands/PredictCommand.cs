using System.CommandLine;
using System.Diagnostics;
using LightDxml.Cli.Output;
using LightDxml.Data;
using LightDxml.Models;
using LightDxml.Prediction;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml predict</c>.</summary>
internal sealed class PredictCommand : Command, IHasExamples
{
    private readonly CommandContext _context;
    private readonly Option<string> _model = CommonOptions.Folder("--model", "Model folder.", required: true);
    private readonly Option<string> _input = CommonOptions.File("--input", "Points to predict, in the formats of a training set; labels in it are ignored.", required: true);
    private readonly Option<string> _output = CommonOptions.File("--output", "Predictions to write: a line a point, label:score, best first.", required: true);
    private readonly Option<int> _top = CommonOptions.Number("--top", 5, "Labels a point.", least: 1);
    private readonly Option<int> _threads = CommonOptions.Threads();

    public PredictCommand(CommandContext context)
        : base("predict", "Predict the best labels of every point of a file.")
    {
        _context = context;
        foreach (var option in new Option[] { _model, _input, _output, _top, _threads })
            Add(option);
        SetAction(Run);
    }

    public IReadOnlyList<string> Examples =>
    [
        "lightdxml predict --model model --input test.txt.gz --output predictions.txt",
        "lightdxml predict --model model --input test.txt --output predictions.txt --top 20 --threads 1",
    ];

    private int Run(ParseResult arguments)
    {
        CommonOptions.CheckKernels();
        var threads = arguments.GetValue(_threads);
        var model = ModelFolder.Load(arguments.GetRequiredValue(_model));
        var input = DataReading.Read(_context, new DatasetReadOptions { Threads = threads, MinFeatureCount = model.FeatureCount }, arguments.GetRequiredValue(_input));
        using var predictor = new Predictor(model, threads);
        var watch = Stopwatch.StartNew();
        var predictions = predictor.Predict(input.Features, arguments.GetValue(_top));
        var elapsed = watch.Elapsed;
        _context.Stop.ThrowIfCancellationRequested();
        var output = arguments.GetRequiredValue(_output);
        PredictionFile.Write(predictions, output);
        var microseconds = elapsed.TotalMicroseconds / Math.Max(1, input.PointCount);
        _context.Output.WriteLine($"{output}: {input.PointCount:N0} points, {predictions.Width} labels each, {elapsed.TotalSeconds:N2} s ({microseconds:N1} µs a point).");
        return ExitCode.Success;
    }
}
