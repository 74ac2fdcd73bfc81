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
        ParseThroughput.Run(path, rest is [var runs] ? Number(runs) : 9);
        break;
    case ["recall", ..]:
        IndexRecall.Run();
        break;
    case ["model-recall", var modelFolder, var dataFile]:
        ModelRecall.Run(modelFolder, dataFile);
        break;
    case ["candidate-recall", var candidateModel, var candidateData]:
        CandidateRecall.Run(candidateModel, candidateData);
        break;
    case ["neighbour-recall", var neighbourTrain, var neighbourTest]:
        NeighbourRecall.Run(neighbourTrain, neighbourTest);
        break;
    case ["train", var trainFile, var testFile, .. var settings]:
        TrainingRun.Measure(trainFile, testFile, settings);
        break;
    case ["predict", var predictModel, var predictData, .. var predictRuns]:
        PredictionRun.Measure(predictModel, predictData, predictRuns is [var many] ? Number(many) : 9);
        break;
    case ["predict-text", var textModel, var textData, .. var textRuns]:
        TextPredictionRun.Measure(textModel, textData, textRuns is [var times] ? Number(times) : 5);
        break;
    case ["scale", var labels, var points, .. var settings]:
        ScalingRun.Measure(Number(labels), Number(points), settings);
        break;
    case ["generate", var labels, var points, var cache]:
        ScalingRun.Write(Number(labels), Number(points), cache);
        break;
    case ["report-data", var folder, .. var sizes]:
        int Size(int place, int otherwise) => place < sizes.Length ? Number(sizes[place]) : otherwise;
        ReportData.Write(folder, Size(0, 3), Size(1, 100_000), Size(2, 670_091));
        break;
    case ["vectorize", _, ..]:
        VectorizerThroughput.Run(args[1..]);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(ProcessorPeak).Assembly).Run(args);
        break;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
