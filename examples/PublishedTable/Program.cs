// Trains on Bibtex, on the split that papers use, and puts its figures beside those that they published. It takes half a minute.
//
//     benchmarks/data-sets.sh sources data bibtex
//     dotnet run -c Release --project examples/PublishedTable data/bibtex/bibtex_train.txt data/bibtex/bibtex_test.txt
using System.Globalization;
using LightDxml;
using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Training;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: PublishedTable TRAIN TEST");
    return 2;
}

int[] ranks = [1, 3, 5];
(string Method, double[] Precision, double[] Propensity)[] published =
[
    ("Parabel (Prabhu and others, 2018)", [64.5, 38.6, 27.9], [50.9, 52.4, 57.4]),
    ("FastXML (Prabhu and Varma, 2014)", [63.4, 39.2, 28.9], [48.5, 52.3, 58.3]),
    ("PfastreXML (Jain and others, 2016)", [63.5, 39.2, 29.1], [52.3, 54.4, 60.6]),
];

var train = DatasetFile.Read(args[0]);
var test = DatasetFile.Read(args[1]);
using var model = FeatureClassifier.Train(train, options: new TrainingOptions { Seed = 1 });
var inversePropensities = Propensities.Inverse(train.Labels, new PropensityOptions());
var report = Evaluator.Evaluate(model.Predict(test.Features, top: ranks[^1]), test.Labels, new EvaluationOptions { Ks = ranks }, inversePropensities);

Console.WriteLine("| method | P@1 | P@3 | P@5 | PSP@1 | PSP@3 | PSP@5 |");
Console.WriteLine("|---|---|---|---|---|---|---|");
foreach (var (method, precision, propensity) in published)
    Row(method, precision, propensity);
Row("LightDxml", Of(report.Precision), Of(report.PropensityScoredPrecision!));
return 0;

double[] Of(IReadOnlyList<double> metric) => [.. ranks.Select(rank => 100 * report.At(metric, rank))];

static void Row(string method, double[] precision, double[] propensity) => Console.WriteLine(
    $"| {method} | {string.Join(" | ", precision.Concat(propensity).Select(figure => figure.ToString("F1", CultureInfo.InvariantCulture)))} |");
