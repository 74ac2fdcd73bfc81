using System.Globalization;
using BenchmarkDotNet.Running;
using LightDxml.Benchmarks;
using LightDxml.Benchmarks.Data;
using LightDxml.Benchmarks.EndToEnd;
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
    case ["neighbour-recall", var neighbourTrain, var neighbourTest]:
        NeighbourRecall.Run(neighbourTrain, neighbourTest);
        break;
    case ["train", var trainFile, var testFile, .. var settings]:
        TrainingRun.Measure(trainFile, testFile, settings);
        break;
    case ["vectorize", _, ..]:
        VectorizerThroughput.Run(args[1..]);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(ProcessorPeak).Assembly).Run(args);
        break;
}
