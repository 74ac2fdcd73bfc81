using System.Runtime.InteropServices;
using LightDxml.Baselines.LabelTrees;
using LightDxml.Baselines.Neighbours;
using LightDxml.Models;
using LightDxml.TestKit;

namespace LightDxml.Baselines.Tests;

public sealed class SafetensorsFileTests
{
    [Fact]
    public void Load_LongVectorsStayInTheFile_AndServePredictionAfterTheReaderIsGone()
    {
        using var folder = new TemporaryFolder();
        var train = SmallData.Learnable(300, 20, seed: 1);
        var model = LabelTreeTrainer.Train(train, LabelTreePresets.XrLinear with { MaxLeafLabels = 5 }, threads: 1);
        BaselineFolder.Save(model, new BaselineStatistics(300, train.FeatureCount, 20, 1), folder["model"]);
        var loaded = Assert.IsType<LabelTreeModel>(BaselineFolder.Load(folder["model"]).Model);
        Assert.True(MemoryMarshal.TryGetArray(model.Trees[0].Classifiers.Weights, out _));
        Assert.False(MemoryMarshal.TryGetArray(loaded.Trees[0].Classifiers.Weights, out _));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var (expected, actual) = (model.Predict(train.Features, 5, 1), loaded.Predict(train.Features, 5, 1));
        Assert.Equal(expected.Scores(0, 300).ToArray(), actual.Scores(0, 300).ToArray());
    }

    [Fact]
    public void Load_Neighbours_SparseMatricesStayInTheFile()
    {
        using var folder = new TemporaryFolder();
        var train = SmallData.Learnable(300, 20, seed: 1);
        BaselineFolder.Save(NeighbourModel.Train(train, new NeighbourOptions()), new BaselineStatistics(300, train.FeatureCount, 20, 1), folder["model"]);
        using var file = new SafetensorsFile(System.IO.Path.Combine(folder["model"], "model.safetensors"));
        Assert.False(MemoryMarshal.TryGetArray(TensorReading.Floats(file, "points.values"), out _));
        Assert.Equal(train.Features.NonZeroCount, TensorReading.Floats(file, "points.values").Length);
    }

    [Fact]
    public void Elements_OfAnUnalignedFile_AreCopied()
    {
        using var folder = new TemporaryFolder();
        // A header of an odd length, as other writers may leave it.
        var header = System.Text.Encoding.UTF8.GetBytes("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""");
        header = header.Length % 4 == 0 ? [.. header, (byte)' '] : header;
        byte[] values = [.. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(-2f)];
        File.WriteAllBytes(folder["x.safetensors"], [.. BitConverter.GetBytes((long)header.Length), .. header, .. values]);
        using var file = new SafetensorsFile(folder["x.safetensors"]);
        var elements = file.Elements<float>(file.Find("x", TensorType.F32, 1));
        Assert.True(MemoryMarshal.TryGetArray(elements, out _));
        Assert.Equal([1.5f, -2f], elements.ToArray());
    }
}
