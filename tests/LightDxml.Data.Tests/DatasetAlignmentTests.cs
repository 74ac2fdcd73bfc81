using LightDxml.TestKit;

namespace LightDxml.Data.Tests;

/// <summary>Sets whose columns are brought in the order of another one's names.</summary>
public class DatasetAlignmentTests
{
    private static readonly Dataset Set = new("set", new SparseMatrix(3, 3, [0, 2, 3, 4], [0, 2, 1, 2], [1f, 2f, 3f, 4f]), SmallData.Matrix([new SortedSet<int> { 0, 2 }, [1], []], 3))
    {
        FeatureNames = ["red", "green", "blue"],
        LabelNames = ["x", "y", "z"],
    };

    [Fact]
    public void AlignedTo_OtherOrder_MovesColumns_LeavesOutUnknownFeatures_AndPutsNewLabelsBehind()
    {
        var aligned = Set.AlignedTo(["blue", "white", "red"], ["z", "w"]);

        Assert.Equal(["blue", "white", "red"], aligned.FeatureNames);
        Assert.Equal((3, 4), (aligned.FeatureCount, aligned.LabelCount));
        Assert.Equal([0, 2], aligned.Features.RowColumns(0).ToArray());
        Assert.Equal([2f, 1f], aligned.Features.RowValues(0).ToArray());
        Assert.Equal(0, aligned.Features.RowLength(1));
        Assert.Equal(["z", "w", "x", "y"], aligned.LabelNames);
        Assert.Equal([0, 2], aligned.Labels.RowColumns(0).ToArray());
        Assert.Equal([3], aligned.Labels.RowColumns(1).ToArray());
    }

    [Fact]
    public void AlignedTo_WithoutNewLabels_LeavesOutDocumentsThatLoseAllOfThem()
    {
        var aligned = Set.AlignedTo(null, ["z", "x"], newLabels: false);

        Assert.Equal(["z", "x"], aligned.LabelNames);
        Assert.Equal(2, aligned.PointCount);
        Assert.Equal([0, 1], aligned.Labels.RowColumns(0).ToArray());
        Assert.Equal(0, aligned.Labels.RowLength(1));
        Assert.Equal([4f], aligned.Features.RowValues(1).ToArray());
    }

    [Fact]
    public void AlignedTo_TheSameOrder_WidensOnly_AndNoNamesChangeNothing()
    {
        var wider = Set.AlignedTo(["red", "green", "blue", "white"], ["x", "y", "z", "w"], newLabels: false);

        Assert.Equal((4, 4, 3), (wider.FeatureCount, wider.LabelCount, wider.PointCount));
        Assert.Equal([0, 2], wider.Labels.RowColumns(0).ToArray());
        Assert.Equal(Set, Set.AlignedTo(null, null));
        var numbers = Set with { FeatureNames = null, LabelNames = null };
        Assert.Equal(numbers, numbers.AlignedTo(["blue"], ["z"]));
    }

    [Fact]
    public void AlignedTo_NamesThatDoNotTell_AreRefused()
    {
        Assert.Contains("'red'", Refused(Set, ["white"], null), StringComparison.Ordinal);
        Assert.Contains("'x'", Refused(Set with { LabelNames = ["x", "y", "x"] }, null, ["y", "x"]), StringComparison.Ordinal);
        Assert.Contains("2 names for 3 labels", Refused(Set with { LabelNames = ["x", "y"] }, null, ["y", "x"]), StringComparison.Ordinal);
        Assert.Contains("2 names for 3 features", Refused(Set with { FeatureNames = ["red", "blue"] }, ["blue"], null), StringComparison.Ordinal);

        static string Refused(Dataset set, IReadOnlyList<string>? features, IReadOnlyList<string>? labels) =>
            Assert.Throws<LightDxmlException>(() => set.AlignedTo(features, labels)).Message;
    }
}
