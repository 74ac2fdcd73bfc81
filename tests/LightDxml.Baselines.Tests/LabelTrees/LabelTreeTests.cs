using LightDxml.Baselines.LabelTrees;
using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.TestKit;

namespace LightDxml.Baselines.Tests.LabelTrees;

public sealed class LabelTreeTests
{
    private static readonly Dataset Train = SmallData.Learnable(500, 40, seed: 1);
    private static readonly Dataset Test = SmallData.Learnable(150, 40, seed: 2);

    public static TheoryData<string> Presets => ["xr-linear", "parabel", "bonsai", "plt"];

    [Theory]
    [MemberData(nameof(Presets))]
    public void Preset_WithSmallLeaves_FindsTheLabels(string name)
    {
        var model = LabelTreeTrainer.Train(Train, Small(name), threads: 1);
        Assert.All(model.Trees, tree => Assert.True(tree.Tree.NodeCount > 1));
        var precision = PrecisionAt1(model.Predict(Test.Features, 5, threads: 1));
        // Chance is 2 of 40; the words of a label give it away.
        Assert.True(precision > 0.95, $"P@1 is {precision}");
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void Train_SameSeed_PredictsTheSame_ForEveryThreadCount(string name)
    {
        var one = LabelTreeTrainer.Train(Train, Small(name), seed: 3, threads: 1).Predict(Test.Features, 5, threads: 1);
        var two = LabelTreeTrainer.Train(Train, Small(name), seed: 3, threads: 2).Predict(Test.Features, 5, threads: 2);
        AssertEqual(one, two);
    }

    [Fact]
    public void SaveAndLoad_PredictsTheSame()
    {
        using var folder = new TemporaryFolder();
        var model = LabelTreeTrainer.Train(Train, Small("parabel"), threads: 1);
        BaselineFolder.Save(model, new BaselineStatistics(500, Train.FeatureCount, 40, 1), folder["model"]);
        var (loaded, statistics) = BaselineFolder.Load(folder["model"]);
        Assert.Equal(500, statistics.PointCount);
        Assert.Equal(model.TreeOptions, Assert.IsType<LabelTreeModel>(loaded).TreeOptions);
        AssertEqual(model.Predict(Test.Features, 5, 1), loaded.Predict(Test.Features, 5, 1));
    }

    [Fact]
    public void Beam_AsWideAsTheTree_GivesTheProductOfAllProbabilitiesOnThePath()
    {
        var options = Small("plt") with { Beam = 1000 };
        var model = LabelTreeTrainer.Train(Train, options, threads: 1);
        var ranking = model.Predict(Test.Features, 40, threads: 1);
        var (tree, groups, classifiers) = model.Trees[0];
        var columns = Test.Features.RowColumns(0);
        var values = Test.Features.RowValues(0);
        var probabilities = new double[tree.NodeCount];
        probabilities[0] = 1;
        for (var node = 0; node < tree.NodeCount; node++)
        {
            var group = groups.GroupOfNode[node];
            var firstSlot = groups.SlotOffsets[group];
            var scores = new float[groups.SlotOffsets[group + 1] - firstSlot];
            classifiers.Score(group, columns, values, scores);
            for (var child = 0; child < tree.Children(node).Length; child++)
            {
                var probability = probabilities[node] / (1 + Math.Exp(-scores[tree.FirstSlot(node) - firstSlot + child]));
                if (tree.IsLeaf(node))
                    Assert.Equal(probability, ranking.Scores(0)[ranking.Labels(0).IndexOf(tree.Children(node)[child])], 1e-5);
                else
                    probabilities[tree.Children(node)[child]] = probability;
            }
        }
    }

    [Fact]
    public void Groups_HoldEveryNode_AndJoinOnlySmallOnes()
    {
        var (tree, groups, _) = LabelTreeTrainer.Train(Train, LabelTreePresets.Parabel with { MaxLeafLabels = 3, Trees = 1 }, threads: 1).Trees[0];
        Assert.True(groups.SlotOffsets.Length - 1 < tree.NodeCount);
        for (var node = 0; node < tree.NodeCount; node++)
        {
            var group = groups.GroupOfNode[node];
            Assert.InRange(tree.FirstSlot(node), groups.SlotOffsets[group], groups.SlotOffsets[group + 1] - tree.Children(node).Length);
            Assert.InRange(groups.SlotOffsets[group + 1] - groups.SlotOffsets[group], 1, Math.Max(64, tree.Children(node).Length));
        }
    }

    [Fact]
    public void LabelWithoutTrainingPoints_IsNeverPredicted()
    {
        var wide = Train with { Labels = new SparseMatrix(Train.PointCount, 41, Train.Labels.RowOffsets.ToArray(), Columns(Train.Labels)) };
        var ranking = LabelTreeTrainer.Train(wide, Small("xr-linear") with { Beam = 1000 }, threads: 1).Predict(Test.Features, 41, threads: 1);
        Assert.Equal(-1, ranking.Labels(0).IndexOf(40));
        Assert.Equal(40, ranking.Labels(0).ToArray().Count(label => label >= 0));
    }

    // Two documents have the label and two have none, of which only that is known.
    [Theory]
    [InlineData("xr-linear")]
    [InlineData("parabel")]
    [InlineData("plt")]
    [InlineData("dismec")]
    [InlineData("pd-sparse")]
    public void Train_DocumentsWithoutLabels_AreNegatives(string name)
    {
        var features = SmallData.Matrix([.. new[] { 0, 0, 1, 1 }.Select(feature => new SortedDictionary<int, float> { [feature] = 1 })], 2);
        var labels = SmallData.Matrix([.. new[] { true, true, false, false }.Select(has => has ? new SortedSet<int> { 0 } : [])], 1);
        var model = BaselineMethods.Get(name).Train(new Dataset("half", features, labels), 1, 1, null, CancellationToken.None);
        var scores = model.Predict(features, 1, threads: 1);
        Assert.True(scores.Scores(2)[0] < 0.9f * scores.Scores(0)[0], $"{scores.Scores(2)[0]} beside {scores.Scores(0)[0]}");
    }

    [Fact]
    public void NoLabels_IsAReadableError()
    {
        var empty = Train with { Labels = new SparseMatrix(Train.PointCount, 40, new long[Train.PointCount + 1], []) };
        Assert.Contains("no document has a label", Assert.Throws<LightDxmlException>(() => LabelTreeTrainer.Train(empty, LabelTreePresets.XrLinear)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_UnknownFeatures_IsAReadableError()
    {
        var model = LabelTreeTrainer.Train(Train, Small("xr-linear"), threads: 1);
        var wide = new SparseMatrix(1, Train.FeatureCount + 1, [0, 1], [Train.FeatureCount], [1]);
        Assert.Contains("features", Assert.Throws<LightDxmlException>(() => model.Predict(wide, 5)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tree0.children", "names classifier")]
    [InlineData("tree0.features", "not between")]
    [InlineData("tree0.children_of_nodes", "not between")]
    public void Load_DamagedTensor_IsAnErrorThatNamesIt(string tensor, string expected)
    {
        using var folder = new TemporaryFolder();
        BaselineFolder.Save(LabelTreeTrainer.Train(Train, Small("xr-linear"), threads: 1), new BaselineStatistics(500, Train.FeatureCount, 40, 1), folder["model"]);
        var path = System.IO.Path.Combine(folder["model"], "model.safetensors");
        long offset;
        using (var file = new Models.SafetensorsFile(path))
            offset = file.Find(tensor, Models.TensorType.I32, 1).Offset;
        using (var stream = new FileStream(path, FileMode.Open))
        {
            var length = new byte[8];
            stream.ReadExactly(length);
            stream.Position = 8 + BitConverter.ToInt64(length) + offset;
            stream.Write([0xff, 0xff, 0xff, 0x0f]);
        }

        Assert.Contains(expected, Assert.Throws<LightDxmlException>(() => BaselineFolder.Load(folder["model"])).Message, StringComparison.Ordinal);
    }

    private static LabelTreeOptions Small(string name) => name switch
    {
        "xr-linear" => LabelTreePresets.XrLinear with { MaxLeafLabels = 5, Branching = 4 },
        "parabel" => LabelTreePresets.Parabel with { MaxLeafLabels = 5 },
        "bonsai" => LabelTreePresets.Bonsai with { MaxLeafLabels = 5, Branching = 6 },
        _ => LabelTreePresets.Plt with { MaxLeafLabels = 5 },
    };

    private static int[] Columns(SparseMatrix labels) => [.. Enumerable.Range(0, labels.RowCount).SelectMany(row => labels.RowColumns(row).ToArray())];

    private static double PrecisionAt1(RankedLabels ranking) => Evaluator.Evaluate(ranking, Test.Labels, new EvaluationOptions()).Precision[0];

    private static void AssertEqual(RankedLabels expected, RankedLabels actual)
    {
        Assert.Equal(expected.Labels(0, expected.PointCount), actual.Labels(0, actual.PointCount));
        Assert.Equal(expected.Scores(0, expected.PointCount), actual.Scores(0, actual.PointCount));
    }
}
