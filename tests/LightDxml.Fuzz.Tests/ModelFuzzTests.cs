using LightDxml.Baselines;
using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Models;
using LightDxml.TestKit;
using LightDxml.Training;
using Xunit.Abstractions;

namespace LightDxml.Fuzz.Tests;

/// <summary>Damaged models of every kind: they are refused, or predict finite scores of labels that there are.</summary>
public sealed class ModelFuzzTests(ITestOutputHelper output) : IDisposable
{
    private static readonly Dataset Data = SmallData.Learnable(60, 6, seed: 1);
    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();

    public static TheoryData<string> Kinds => ["int4", "int8", "float32", "one file", "ensemble", .. BaselineMethods.All.Select(method => method.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Open_DamagedModel_IsRefusedOrPredicts_AndNothingElse(string kind)
    {
        BaselineModels.Register();
        var model = _folder["model"];
        Save(kind, kind == "one file" ? _folder["model.ldx"] : model);
        if (kind == "one file")
        {
            FuzzRun.Of("model in one file", [File.ReadAllBytes(_folder["model.ldx"])], (_, input) =>
            {
                using var stream = new MemoryStream(input);
                using var opened = ModelStore.Open(stream, threads: 1);
                return Predict(opened);
            }, output);
            return;
        }

        // As an attacker would who knows of checksums, so that the checks behind them are reached.
        foreach (var configuration in Directory.GetFiles(model, "config.json", SearchOption.AllDirectories))
            HostileModels.ForgetChecksums(Path.GetDirectoryName(configuration)!);
        var isBaseline = BaselineMethods.All.Any(method => method.Name == kind);
        foreach (var file in Directory.GetFiles(model, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("training.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var whole = File.ReadAllBytes(file);
            FuzzRun.Of($"{kind} {Path.GetRelativePath(model, file)}", [whole], (_, input) =>
            {
                // Another file: the one before may still be mapped.
                File.Delete(file);
                File.WriteAllBytes(file, input);
                using var opened = ModelStore.Open(model, threads: 1);
                return Predict(opened);
            }, output, freeBytes: isBaseline ? 512 << 20 : 64 << 20);
            File.Delete(file);
            File.WriteAllBytes(file, whole);
        }
    }

    private void Save(string kind, string path)
    {
        if (BaselineMethods.All.Any(method => method.Name == kind))
        {
            var baseline = BaselineMethods.Get(kind).Train(Data, 1, 1, null, CancellationToken.None);
            BaselineFolder.Save(baseline, new BaselineStatistics(Data.PointCount, Data.FeatureCount, Data.LabelCount, 1), path);
            return;
        }

        var options = Tickets.Quick with { Storage = new StorageOptions { Precision = Enum.TryParse<Precision>(kind, ignoreCase: true, out var precision) ? precision : Precision.Int8 } };
        using var trained = TextClassifier.Train(Tickets.Create(60), options);
        if (kind == "ensemble")
        {
            trained.Save(_folder["member"]);
            ModelStore.Save([.. ModelStore.Load(_folder["member"]), .. ModelStore.Load(_folder["member"])], path);
        }
        else
        {
            trained.Save(path);
        }
    }

    private static bool Predict(StoredModel model)
    {
        if (model.Vectorizer is not null)
        {
            Check(new TextPredictor(model, threads: 1).Predict("printer toner wifi", 3).Select(label => (label.Row, label.Score)), model.Ranker.LabelCount);
            return true;
        }

        int[] labels = new int[3];
        float[] scores = new float[3];
        var columns = Data.Features.RowColumns(0).ToArray().Where(column => column < model.Ranker.FeatureCount).ToArray();
        model.Ranker.Predict(columns, Data.Features.RowValues(0)[..columns.Length], labels, scores);
        Check(labels.Zip(scores), model.Ranker.LabelCount);
        return true;
    }

    private static void Check(IEnumerable<(int Label, float Score)> predictions, int labelCount)
    {
        foreach (var (label, score) in predictions)
        {
            if (label < -1 || label >= labelCount || float.IsNaN(score))
                throw new InvalidOperationException($"label {label} of {labelCount} with score {score}");
        }
    }
}
