using LightDxml.Cli.Input;
using LightDxml.Cli.Output;
using LightDxml.Data;
using LightDxml.Text.Tokens;
using LightDxml.Training;

namespace LightDxml.Cli.Comparison;

/// <summary>The two sets of a comparison: a training and a test set, or one training set of which a share is held out.</summary>
/// <param name="Train">Features and labels.</param>
/// <param name="TestFeatures">In the space of the training set.</param>
/// <param name="Truth">[documents, labels] of the joint space: labels that training lacks follow its own.</param>
/// <param name="HeldOut">Without a test set, the rows of the training set that are trained and tested on.</param>
internal sealed record ComparisonData(Dataset Train, SparseMatrix TestFeatures, SparseMatrix Truth, JointLabels Labels, (int[] Train, int[] Test)? HeldOut = null)
{
    /// <summary>What a method reads of it.</summary>
    /// <param name="words">The words of the documents of the training set, and of the test set where there is one.</param>
    /// <exception cref="LightDxmlException">The words are of other documents.</exception>
    public ComparedSets SetsOf((TokenSequences Train, TokenSequences? Test)? words)
    {
        if (words is not var (train, test))
            return new ComparedSets(Train, TestFeatures, null);
        var sets = HeldOut is var (trainRows, testRows) ? (Train: train.Select(trainRows), Test: train.Select(testRows)) : (Train: train, Test: test!);
        return sets.Train.DocumentCount == Train.PointCount && sets.Test.DocumentCount == TestFeatures.RowCount
            ? new ComparedSets(Train, TestFeatures, sets)
            : throw new LightDxmlException($"There are words of {sets.Train.DocumentCount:N0} and {sets.Test.DocumentCount:N0} documents, but features of {Train.PointCount:N0} and {TestFeatures.RowCount:N0}; delete the comparison's folder and start again.");
    }

    /// <param name="readSet">Reads a set by its name.</param>
    /// <exception cref="LightDxmlException">A set cannot be read, or so small a share holds no document out.</exception>
    public static ComparisonData Read(CommandContext context, InputReader input, Func<DataSource, InputSet> readSet, DataSource trainSource, DataSource? testSource, double holdOut, int seed)
    {
        var set = readSet(trainSource);
        var train = set.ToDataset(set.Labels);
        if (testSource is null)
        {
            var count = (int)(train.PointCount * holdOut);
            if (count == 0)
                throw new LightDxmlException($"{set.Name}: a share of {holdOut} of {Counted.Of(train.PointCount, "document")} holds none out; give a larger --hold-out.");
            var (trainPoints, testPoints) = HoldOut.Draw(train.PointCount, count, seed);
            var heldOut = train.SelectRows(testPoints);
            return new ComparisonData(train.SelectRows(trainPoints), heldOut.Features, heldOut.Labels, JointLabels.Of(set), (trainPoints, testPoints));
        }

        var test = readSet(testSource).RequireLabels();
        var labels = JointLabels.Of(set);
        var truth = labels.Join(test);
        UnseenLabels.Check(context, test.Name, truth, labels, row => row < train.LabelCount, trainSource.Name);
        return new ComparisonData(train, input.Fit(test, train.FeatureCount, train.FeatureNames), truth, labels);
    }
}
