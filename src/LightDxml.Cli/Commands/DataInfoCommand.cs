using System.CommandLine;
using LightDxml.Cli.Input;
using LightDxml.Cli.Output;
using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Training;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml data info FILE</c>.</summary>
internal sealed class DataInfoCommand : Command, IHasExamples
{
    private readonly CommandContext _context;
    private readonly Argument<string> _file = new("FILE") { Description = $"Data set: {DataSource.Forms}." };
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly TextOptions _read;

    public DataInfoCommand(CommandContext context)
        : base("info", "Size and label statistics of a data set.")
    {
        _context = context;
        Add(_file);
        Add(_threads);
        _read = new TextOptions(this);
        SetAction(Run);
    }

    public IReadOnlyList<string> Examples => ["lightdxml data info train.txt.gz", "lightdxml data info trn_X_Xf.txt,trn_X_Y.txt", "lightdxml data info train.csv --text-field abstract"];

    private int Run(ParseResult arguments)
    {
        var file = arguments.GetRequiredValue(_file);
        var threads = arguments.GetValue(_threads);
        var read = _read.Of(arguments, threads);
        var input = new InputReader(_context, read, threads);
        var source = DataSource.Of(file);
        var statistics = LabelStatistics.Of(input.IsText(source) ? TextReading.Fit(_context, file, read, new TrainingOptions().Text, catalog: null, addAncestors: false).Dataset : Points(input.ReadFeatures(source)));
        var table = new TextTable(file, "count", "mean", "median", "most");
        table.Add("points", $"{statistics.PointCount:N0}");
        table.Add("features", $"{statistics.FeatureCount:N0}");
        table.Add("labels", $"{statistics.LabelCount:N0}");
        AddSpread(table, "features per point", statistics.FeatureNonZeros, statistics.FeaturesPerPoint);
        AddSpread(table, "labels per point", statistics.LabelPairs, statistics.LabelsPerPoint);
        AddSpread(table, "points per label", statistics.LabelPairs, statistics.PointsPerLabel);
        table.Add("points without features", $"{statistics.PointsWithoutFeatures:N0}");
        table.Add("points without labels", $"{statistics.PointsWithoutLabels:N0}");
        table.Add("labels without points", $"{statistics.LabelsWithoutPoints:N0}");
        table.Write(_context.Output);
        _context.Output.WriteLine($"The most frequent tenth of the labels holds {statistics.HeadShare:P1} of the pairs of point and label. A point is a document: a text, or a row of features.");
        return ExitCode.Success;
    }

    private static Dataset Points(InputSet set) => set.ToDataset(set.Labels);

    private static void AddSpread(TextTable table, string name, long total, Spread spread) =>
        table.Add(name, $"{total:N0}", $"{spread.Mean:N2}", $"{spread.Median:N1}", $"{spread.Max:N0}");
}
