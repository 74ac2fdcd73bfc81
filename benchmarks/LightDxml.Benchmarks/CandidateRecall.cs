using System.Globalization;
using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Inference;
using LightDxml.Models;

namespace LightDxml.Benchmarks;

/// <summary>Share of the labels of unseen documents that a trained model's candidates hold, by how many candidates are taken.</summary>
internal static class CandidateRecall
{
    public static void Run(string modelFolder, string dataFile)
    {
        var model = ModelFolder.Load(modelFolder);
        var data = DatasetFile.Read(dataFile);
        using var predictor = new Predictor(model);
        Console.WriteLine($"| {model.LabelCount} labels, {data.PointCount} documents | recall | by training points of the label |");
        Console.WriteLine("|---|---|---|");
        foreach (var count in new[] { 100, 200, 300, 400 })
        {
            var candidates = predictor.Finder.Find(data.Features, count);
            var bins = model.LabelFrequencies is { } frequencies ? ShortlistRecall.ByFrequency(candidates, data.Labels, frequencies) : [];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| at {candidates.Width} | {ShortlistRecall.Of(candidates, data.Labels):F3} | {string.Join(", ", bins)} |"));
        }
    }
}
