namespace LightDxml.Baselines;

/// <summary>What the random numbers of this library are for; far from the purposes that the core library counts up from 1.</summary>
internal static class RandomPurposes
{
    public const RandomPurpose LabelClusters = (RandomPurpose)1001;
    public const RandomPurpose LinearProblems = (RandomPurpose)1002;
    public const RandomPurpose InstanceTrees = (RandomPurpose)1003;
    public const RandomPurpose Perceptron = (RandomPurpose)1004;
    public const RandomPurpose Projection = (RandomPurpose)1005;
    public const RandomPurpose DenseProblems = (RandomPurpose)1006;
}
