using LightDxml.Torch.Networks;
using static TorchSharp.torch;

namespace LightDxml.Torch.Tests;

[Collection(TorchTests.Name)]
public sealed class WordStepsTests
{
    private const int TokenCount = 50, Labels = 3;

    /// <summary>Adam on all vectors, by libtorch, and on those that are read. Seldom words wait for some 12 steps, and word 40 is read once.</summary>
    [SkippableFact]
    public void Step_WordsThatAreReadNowAndThen_EndWhereAdamOnAllVectorsDoes()
    {
        TorchBuild.Require();
        var options = new NetworkOptions { Dimensions = 4, Filters = 5, Dropout = 0 };
        using var network = Network(options);
        using var whole = Network(options);
        using var optimizer = new NetworkOptimizer(network, options, 200);
        using var adam = optim.AdamW(whole.parameters(), lr: options.Rate, weight_decay: 0);
        var start = Values(network);
        Assert.Equal(start, Values(whole));
        for (var step = 1; step <= 200; step++)
        {
            using var scope = NewDisposeScope();
            var words = tensor(new long[] { 1 + step % 3, 4 + step % 5, 9 + step * 7 % 12, step == 100 ? 40 : 9, 0, 0 }, [2, 3]);
            var targets = tensor(new float[] { step % 2, 0, 1, 0, 1, step % 3 == 0 ? 1 : 0 }, [2, Labels]);
            optimizer.Begin();
            network.Loss(network.forward(words), targets).backward();
            optimizer.Step();
            adam.zero_grad();
            whole.Loss(whole.forward(words), targets).backward();
            adam.step();
        }

        optimizer.CatchUp();
        var (expected, actual) = (Values(whole), Values(network));
        Assert.All(expected.Index(), value => Assert.Equal(value.Item, actual[value.Index], Math.Abs(value.Item - start[value.Index]) * 0.15 + 3e-3));
        var ofTheOneReading = Enumerable.Range(40 * options.Dimensions, options.Dimensions).ToArray();
        Assert.All(ofTheOneReading, place => Assert.True(Math.Abs(actual[place] - start[place]) > 5 * options.Rate, "a step is followed by many, as long as there is a mean of gradients"));
        Assert.Equal(start[(41 * options.Dimensions)..], actual[(41 * options.Dimensions)..]);
        Assert.All(actual[..options.Dimensions], value => Assert.Equal(0, value));
    }

    /// <summary>What is computed at once against Adam's steps with a gradient of 0, one after the other in double precision.</summary>
    [SkippableTheory]
    [InlineData(1, 1, 1e-5)]
    [InlineData(1, 7, 0.2)]
    [InlineData(20, 3, 0.01)]
    [InlineData(20, 500, 0.05)]
    [InlineData(3000, 2, 1e-3)]
    [InlineData(3000, 60, 1e-2)]
    public void StepWithoutGradients_SoManyAtOnce_AreThoseOneByOne(int last, int missed, double tolerance)
    {
        TorchBuild.Require();
        const double Rate = 0.01;
        using var adam = new AdamTensor(tensor(new float[] { 1, 2, 3, 4 }, [2, 2]));
        using var row = tensor(new long[] { 1 });
        adam.StepRows(row, tensor(new float[] { 0.5f, -0.25f }, [1, 2]), last, Rate);
        var (state, expected) = (State(), State());
        for (var step = last + 1; step <= last + missed; step++)
        {
            for (var i = 2; i < 4; i++)
            {
                expected.First[i] *= 0.9;
                expected.Second[i] *= 0.999;
                expected.Parameters[i] -= Rate * expected.First[i] / (1 - Math.Pow(0.9, step)) / (Math.Sqrt(expected.Second[i] / (1 - Math.Pow(0.999, step))) + 1e-8);
            }
        }

        adam.StepWithoutGradients(row, full([1, 1], last, ScalarType.Float32), last + missed, Rate);
        var actual = State();
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(expected.Parameters[i] - state.Parameters[i], actual.Parameters[i] - state.Parameters[i], Math.Abs(expected.Parameters[i] - state.Parameters[i]) * tolerance + 1e-6);
            Assert.Equal(expected.First[i], actual.First[i], Math.Abs(expected.First[i]) * 1e-4);
            Assert.Equal(expected.Second[i], actual.Second[i], expected.Second[i] * 1e-4);
        }

        // None missed: nothing changes.
        adam.StepWithoutGradients(row, full([1, 1], last + missed, ScalarType.Float32), last + missed, Rate);
        Assert.Equal(actual.Parameters, State().Parameters);

        (double[] Parameters, double[] First, double[] Second) State()
        {
            var tensors = adam.State.Select(entry => entry.Tensor.data<float>().ToArray().Select(value => (double)value).ToArray()).ToArray();
            return (tensors[0], tensors[1], tensors[2]);
        }
    }

    [SkippableFact]
    public void CatchUp_AtAnyStep_EndsInTheSame()
    {
        TorchBuild.Require();
        var options = new NetworkOptions { Dimensions = 4, Filters = 5, Dropout = 0 };
        Assert.All(After(1).Zip(After(40)), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));

        // Where it catches up does not matter, but for rounding.
        float[] After(int every)
        {
            using var network = Network(options);
            using var optimizer = new NetworkOptimizer(network, options, 150);
            for (var step = 1; step <= 150; step++)
            {
                using var scope = NewDisposeScope();
                optimizer.Begin();
                network.Loss(network.forward(tensor(new long[] { step < 120 ? 5 : 6, 7, 8 }, [1, 3])), zeros(1, Labels)).backward();
                optimizer.Step();
                if (step % every == 0)
                    optimizer.CatchUp();
            }

            optimizer.CatchUp();
            return Values(network);
        }
    }

    private static CnnKim Network(NetworkOptions options)
    {
        random.manual_seed(3);
        return new(TokenCount, Labels, options);
    }

    private static float[] Values(CnnKim network) => network.named_parameters().Single(entry => entry.name == "_vectors._all.weight").parameter.data<float>().ToArray();
}
