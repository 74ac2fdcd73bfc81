using LightDxml.Cli.Input;
using LightDxml.Data;
using LightDxml.Training;

namespace LightDxml.Cli.Comparison;

/// <summary>The two sets of a comparison: a training and a test set, or one training set of which a share is held out.</summary>
/// <param name="Train">Features and labels.</param>
/// <param name="TestFeatures">In the space of the training set.</param>
/// <param name="Truth">[documents, labels] of the joint space: labels that training lacks follow its own.</param>
internal sealed record ComparisonData(Dataset Train, SparseMatrix TestFeatures, SparseMatrix Truth, JointLabels Labels)
{
    /// <param name="readSet">Reads a set by its name.</param>
    public static ComparisonData Read(CommandContext context, InputReader input, Func<DataSource, InputSet> readSet, DataSource trainSource, DataSource? testSource, double holdOut, int seed)
    {
        var set = readSet(trainSource);
        var train = set.ToDataset(set.Labels);
        if (testSource is null)
        {
            var (trainPoints, testPoints) = HoldOut.Draw(train.PointCount, (int)(train.PointCount * holdOut), seed);
            var heldOut = HoldOut.Select(train, testPoints);
            return new ComparisonData(HoldOut.Select(train, trainPoints), heldOut.Features, heldOut.Labels, JointLabels.Of(set));
        }

        var test = readSet(testSource);
        var labels = JointLabels.Of(set);
        var truth = labels.Join(test);
        UnseenLabels.Check(context, test.Name, truth, labels, row => row < train.LabelCount, trainSource.Name);
        return new ComparisonData(train, input.Fit(test, train.FeatureCount), truth, labels);
    }
}
