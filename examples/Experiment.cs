#!/usr/bin/env dotnet
// A small study as one script, to be changed and run again, as in a notebook: which head suits a set, and which labels does the best one miss?
//
//     dotnet run -c Release examples/Experiment.cs train.txt.gz test.txt.gz
//
// Outside the repository the next line is: #:package LightDxml@0.2.0
#:project ../src/LightDxml/LightDxml.csproj
#:property PublishAot=false
using System.Diagnostics;
using System.Globalization;
using LightDxml;
using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length != 2)
{
    Console.Error.WriteLine("usage: Experiment.cs TRAIN TEST");
    return 2;
}

// The data.
var train = DatasetFile.Read(args[0]);
var test = DatasetFile.Read(args[1]);
var propensities = Propensities.Inverse(train.Labels, new PropensityOptions());
Console.WriteLine($"{train.PointCount:N0} training and {test.PointCount:N0} test documents, {train.FeatureCount:N0} features, {train.LabelCount:N0} labels");
Console.WriteLine($"{train.Labels.NonZeroCount / (double)train.PointCount:F1} labels per document");

// What is compared. More settings: lightdxml train --help-settings.
(string Name, TrainingOptions Options)[] trials =
[
    ("dense", new TrainingOptions { Head = Head.Dense }),
    ("sparse", new TrainingOptions { Head = Head.Sparse }),
    ("hybrid", new TrainingOptions { Head = Head.Hybrid }),
];

Console.WriteLine();
Console.WriteLine($"{"head",-8} {"P@1",6} {"P@5",6} {"PSP@1",6} {"PSP@5",6} {"seconds",8}");
var best = (Name: "", Precision: -1.0, Ranked: new RankedLabels(0, 0, 1));
foreach (var (name, options) in trials)
{
    var watch = Stopwatch.StartNew();
    using var model = FeatureClassifier.Train(train, options: options);
    var seconds = watch.Elapsed.TotalSeconds;
    var ranked = model.Predict(test.Features, top: 5);
    var report = Evaluator.Evaluate(ranked, test.Labels, new EvaluationOptions(), propensities);
    Console.WriteLine($"{name,-8} {Percent(report.Precision, 1),6} {Percent(report.Precision, 5),6} {Percent(report.PropensityScoredPrecision!, 1),6} {Percent(report.PropensityScoredPrecision!, 5),6} {seconds,8:F1}");
    if (report.At(report.Precision, 1) > best.Precision)
        best = (name, report.At(report.Precision, 1), ranked);

    string Percent(IReadOnlyList<double> metric, int k) => (100 * report.At(metric, k)).ToString("F2");
}

// What rare and frequent labels add to the figures of the best one.
var tail = TailReport.Of(best.Ranked, test.Labels, FrequencyBins.Of(train.Labels, binCount: 5), new EvaluationOptions());
Console.WriteLine();
Console.WriteLine($"{best.Name}: parts of P@5 and R@5 by the training documents that labels have");
foreach (var bin in tail.Bins.Where(bin => bin.TestPairs > 0))
    Console.WriteLine($"{bin.Labels.LeastFrequency,6:N0} to {bin.Labels.GreatestFrequency,6:N0}: {100 * bin.Precision[^1],6:F2} {100 * bin.Recall[^1],6:F2}  ({bin.TestPairs:N0} labels of test documents)");
return 0;
