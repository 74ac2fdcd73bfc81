using LightDxml.Baselines.Linear;

namespace LightDxml.Baselines.Tests.Linear;

public sealed class GroupedClassifiersTests
{
    private const int Features = 200;

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void Score_AnyGroup_IsTheInnerProductPlusBias(double density)
    {
        var random = new Random(3);
        int[] slotOffsets = [0, 4, 5, 5, 12];
        var classifiers = new PrunedClassifier[12];
        var dense = new float[12][];
        for (var slot = 0; slot < classifiers.Length; slot++)
        {
            dense[slot] = [.. Enumerable.Range(0, Features).Select(_ => random.NextDouble() < density ? random.NextSingle() - 0.5f : 0)];
            classifiers[slot] = PrunedClassifier.Of(dense[slot], null, bias: slot, threshold: 0);
        }

        var joined = ClassifierAssembly.Assemble(Features, slotOffsets, classifiers);
        int[] columns = [0, 3, 17, 18, 19, 64, 127, 128, 199];
        float[] values = [.. columns.Select(_ => random.NextSingle())];
        for (var group = 0; group < 4; group++)
        {
            var scores = new float[slotOffsets[group + 1] - slotOffsets[group]];
            joined.Score(group, columns, values, scores);
            for (var child = 0; child < scores.Length; child++)
            {
                var slot = slotOffsets[group] + child;
                var expected = slot + columns.Select((column, i) => (double)values[i] * dense[slot][column]).Sum();
                // Nine products below 1 in single precision.
                Assert.Equal(expected, scores[child], 1e-5);
            }
        }
    }

    [Fact]
    public void Pruning_DropsWeightsBelowTheThreshold_AndKeepsThoseAtIt()
    {
        var pruned = PrunedClassifier.Of([0.1f, -0.09f, 0, -0.5f], [2, 4, 6, 9], bias: 2, threshold: 0.1f);
        Assert.Equal([2, 9], pruned.Features);
        Assert.Equal([0.1f, -0.5f], pruned.Weights);
        Assert.Equal(2, pruned.Bias);
    }
}
