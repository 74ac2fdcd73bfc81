using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Kernels.Ilgpu;
using LightDxml.Models;
using LightDxml.Providers;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Cli.Tests;

/// <summary>What the tool does with its providers, and that it does nothing with them unasked.</summary>
public sealed class ProviderTests : IDisposable
{
    private readonly TinyDataset _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void TrainAndEvaluate_ProvidersDeleted_RunAllTheSame()
    {
        // Whatever touched a provider, or its package, would fail to load it.
        var tool = Directory.CreateDirectory(_data["tool"]).FullName;
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory).Where(BelongsToTool))
            File.Copy(file, Path.Combine(tool, Path.GetFileName(file)));
        Assert.Empty(Directory.GetFiles(tool, "*Ilgpu*"));
        Assert.Empty(Directory.GetFiles(tool, "*Mpi*"));
        Assert.Empty(Directory.GetFiles(tool, "*Torch*"));
        Succeed(Lightdxml.RunAt(tool, "train", "--train", _data["train.txt"], "--output", _data["model"], "--set", "schedule.epochs=2"));
        Succeed(Lightdxml.RunAt(tool, "evaluate", "--model", _data["model"], "--test", _data["test.txt"], "--train", _data["train.txt"]));
    }

    [SkippableFact]
    public void Train_GpuIndexWithoutAGpu_SaysSo()
    {
        Skip.If(HasDevice(), "This machine has a device that ILGPU can use.");
        var (exitCode, _, messages) = Lightdxml.Run(
            "train", "--train", _data["train.txt"], "--output", _data["model"], "--set", "shortlist.index=gpu", "shortlist.width=5", "schedule.epochs=2");
        Assert.Equal(1, exitCode);
        Assert.Contains("error: No GPU ", messages, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_data["model"]));
    }

    [SkippableFact]
    public void PredictAndEvaluate_WithAModelOfAGpu_WithoutAGpu_SayOnceThatTheProcessorTakesItsPlace()
    {
        Skip.If(HasDevice(), "This machine has a device that ILGPU can use.");
        var options = new TrainingOptions { Storage = new StorageOptions { Precision = Precision.Float32 }, Shortlist = new ShortlistOptions { Index = "gpu", Width = 5 }, Prediction = new PredictionOptions { ScanLabels = 0 } };
        Model[] members = [.. new[] { 1, 2 }.Select(seed => SampleModels.Random(DatasetFile.Read(_data["test.txt"]).FeatureCount, 12, 8, seed)).Select(model => model with { Inference = TrainingPlan.Inference(options, 10, 12) })];
        ModelStore.Save(members, _data["model"]);
        foreach (var run in (string[][])[["predict", "--input", _data["test.txt"]], ["evaluate", "--test", _data["test.txt"]]])
        {
            var (exitCode, _, messages) = Lightdxml.Run([.. run, "--model", _data["model"]]);
            Assert.True(exitCode == 0, messages);
            Assert.Equal(2, messages.Split($"{_data["model"]}: labels are searched on the processor, since the GPU that it is set to cannot be used: No GPU ").Length);
        }
    }

    private static bool HasDevice()
    {
        try
        {
            (new IlgpuProvider().CreateLabelIndex(new LabelIndexSettings("gpu"), new DenseMatrix(1, 1), 1) as IDisposable)?.Dispose();
            return true;
        }
        catch (ProviderMissingException)
        {
            return false;
        }
    }

    private static void Succeed((int ExitCode, string Output, string Messages) run) =>
        Assert.True(run.ExitCode == 0, run.Messages);

    // Without the list of dependencies, the runtime takes the assemblies that are there.
    private static bool BelongsToTool(string file) =>
        Path.GetExtension(file) is ".dll" or ".json"
        && !file.EndsWith(".deps.json", StringComparison.Ordinal)
        && !Path.GetFileName(file).Contains("Ilgpu", StringComparison.OrdinalIgnoreCase)
        && !Path.GetFileName(file).Contains(".Mpi.", StringComparison.OrdinalIgnoreCase)
        && !Path.GetFileName(file).Contains("Torch", StringComparison.OrdinalIgnoreCase);
}
