using LightDxml.Models;
using LightDxml.TestKit;

namespace LightDxml.Baselines.Tests;

/// <summary>Models of comparators that earlier versions wrote still open and predict what they predicted then.</summary>
public sealed class ReleasedBaselinesTests
{
    [Theory]
    [InlineData("format-2", "parabel")]
    [InlineData("format-2", "knn")]
    public void Open_ModelOfAnEarlierVersion_PredictsTheSame_AndIsWhole(string version, string name)
    {
        BaselineModels.Register();
        var folder = Path.Combine(AppContext.BaseDirectory, "Released", version);
        using var model = ModelStore.Open(Path.Combine(folder, name));
        ReleasedPredictions.AssertSame(Path.Combine(folder, $"{name}.expected.txt"), model.Ranker, Path.Combine(folder, "test.txt"));
        Assert.All(ModelStore.Verify(Path.Combine(folder, name)), file => Assert.Equal(FileState.Whole, file.State));
    }
}
