using System.Globalization;
using BenchmarkDotNet.Running;
using LightDxml.Benchmarks;
using LightDxml.Benchmarks.Data;
using LightDxml.Benchmarks.EndToEnd;
using LightDxml.Benchmarks.Reports;
using LightDxml.Benchmarks.Text;

// Plain measurements by name; anything else goes to BenchmarkDotNet.
switch (args)
{
    case ["parse", var path, .. var rest]:
        ParseThroughput.Run(path, rest is [var runs] ? int.Parse(runs, CultureInfo.InvariantCulture) : 9);
        break;
    case ["recall", ..]:
        HnswRecall.Run();
        break;
    case ["model-recall", var modelFolder, var dataFile]:
        ModelRecall.Run(modelFolder, dataFile);
        break;
    case ["train", var trainFile, var testFile, .. var settings]:
        TrainingRun.Measure(trainFile, testFile, settings);
        break;
    case ["scale", var labels, var points, .. var settings]:
        ScalingRun.Measure(int.Parse(labels, CultureInfo.InvariantCulture), int.Parse(points, CultureInfo.InvariantCulture), settings);
    case ["report-data", var folder, .. var sizes]:
        var numbers = sizes.Select(size => int.Parse(size, CultureInfo.InvariantCulture)).ToArray();
        ReportData.Write(folder, numbers is [var methods, ..] ? methods : 3, numbers is [_, var points, ..] ? points : 100_000, numbers is [_, _, var labels] ? labels : 670_091);
        break;
    case ["vectorize", _, ..]:
        VectorizerThroughput.Run(args[1..]);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(ProcessorPeak).Assembly).Run(args);
        break;
}
