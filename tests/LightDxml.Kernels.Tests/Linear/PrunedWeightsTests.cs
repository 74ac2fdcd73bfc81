using LightDxml.Kernels.Linear;

namespace LightDxml.Kernels.Tests.Linear;

public class PrunedWeightsTests
{
    [Fact]
    public void Of_KeepsWhatReachesTheMagnitude_InItsOrder()
    {
        var (features, weights) = PrunedWeights.Of([0.1f, -0.09f, 0, -0.5f], [9, 4, 6, 2], 0.1f);
        Assert.Equal([9, 2], features);
        Assert.Equal([0.1f, -0.5f], weights);
    }

    [Fact]
    public void Of_NoMagnitudeAndNoFeatures_DropsZerosAndCountsFeatures()
    {
        var (features, weights) = PrunedWeights.Of([0, float.Epsilon, -0f, -2], [], 0);
        Assert.Equal([1, 3], features);
        Assert.Equal([float.Epsilon, -2], weights);
    }
}
