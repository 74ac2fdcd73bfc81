using LightDxml.Torch.Networks;
using static TorchSharp.torch;

namespace LightDxml.Torch.Tests;

[Collection(TorchTests.Name)]
public sealed class ParameterAverageTests
{
    [SkippableFact]
    public void Add_StepsOfOneParameter_AreAMeanThatReachesBack()
    {
        TorchBuild.Require();
        using var network = Network();
        using var average = new ParameterAverage(network, 2);
        double[] values = [4, 2, 8, 1], means = [4, 3, 5.5, 3.25];
        foreach (var (value, mean) in values.Zip(means))
        {
            Set(network, value);
            average.Add();
            Assert.Equal(value, Value(network), 1e-6);
            average.Exchange();
            Assert.Equal(mean, Value(network), 1e-6);
            average.Exchange();
            Assert.Equal(value, Value(network), 1e-6);
        }
    }

    [SkippableTheory]
    [InlineData(0.2)]
    [InlineData(0)]
    public void Train_MeanThatHardlyReachesBack_IsTheLastStep_AndALongerOneIsNot(double holdOut)
    {
        TorchBuild.Require();
        var last = Scores(0, holdOut);
        Assert.True(Farthest(Scores(1e-6, holdOut)) < 1e-3);
        Assert.True(Farthest(Scores(2, holdOut)) > 1e-3);

        float Farthest(float[] scores) => last.Zip(scores).Max(pair => Math.Abs(pair.First - pair.Second));
    }

    private static float[] Scores(double average, double holdOut)
    {
        var (documents, labels) = MadeUpDocuments.Labelled(40, 8, 40, 12);
        var family = TextNetworks.Get("cnn-kim");
        family = family with { Options = family.Options with { MaxTokens = 12, Dimensions = 6, Filters = 8, Epochs = 3, BatchSize = 8, Rate = 0.01, HoldOut = holdOut, Average = average } };
        using var network = NetworkTrainer.Train(family, null, documents, labels, 3, 1, null, CancellationToken.None);
        return network.Predict(documents, 8, 1, CancellationToken.None).Scores(0, documents.DocumentCount).ToArray();
    }

    private static CnnKim Network() => new(9, 3, new NetworkOptions { Dimensions = 2, Filters = 2 });

    private static void Set(TextNetwork network, double value)
    {
        using var off = no_grad();
        network.parameters().Last().fill_(value);
    }

    private static float Value(TextNetwork network) => network.parameters().Last().data<float>()[0];
}
