using LightDxml.Data;
using LightDxml.Torch.Networks.Levels;

namespace LightDxml.Torch.Tests;

public sealed class LabelLevelsTests
{
    /// <summary>Two clusters of three, of seven labels; the label 6 is in none.</summary>
    private static readonly LabelLevels Levels = new([[[0, 2], [1]], [[1, 4], [0, 5], [2, 3]]], 7);

    [Fact]
    public void Size_AndClustersAbove_AreThoseOfTheLevel()
    {
        Assert.Equal([2, 3, 7], Enumerable.Range(0, Levels.Count).Select(Levels.Size));
        Assert.Equal([-1, -1], Levels.ClustersAbove(0));
        Assert.Equal([0, 1, 0], Levels.ClustersAbove(1));
        Assert.Equal([1, 0, 2, 2, 0, 1, -1], Levels.ClustersAbove(2));
    }

    [Fact]
    public void Truth_IsTheClustersOfADocumentsLabels_EachOnce()
    {
        var labels = new SparseMatrix(4, 7, [0, 3, 4, 5, 5], [0, 1, 4, 3, 6]);
        Assert.Equal([[0, 1], [2], [], []], Rows(Levels.Truth(1, labels)));
        Assert.Equal([[0, 1], [0], [], []], Rows(Levels.Truth(0, labels)));
        Assert.Same(labels, Levels.Truth(2, labels));
    }

    [Fact]
    public void Candidates_AreWhatLiesInClustersReachedOrHad_WithTheProbabilitiesOfThoseReached()
    {
        var reached = new RankedLabels(2, 3, 2);
        (reached.Labels(0)[0], reached.Scores(0)[0]) = (2, 0.75f);
        (reached.Labels(0)[1], reached.Scores(0)[1]) = (0, 0.5f);
        (reached.Labels(1)[0], reached.Scores(1)[0]) = (1, 0.25f);
        var had = new SparseMatrix(2, 3, [0, 2, 3], [0, 1, 1]);
        var candidates = Levels.Candidates(2, reached, had);
        Assert.Equal([[0, 1, 2, 3, 4, 5], [0, 5]], Rows(candidates));
        Assert.Equal([0, 0.5f, 0.75f, 0.75f, 0.5f, 0], candidates.RowValues(0));
        Assert.Equal([0.25f, 0.25f], candidates.RowValues(1));
        Assert.Equal([[1, 2, 3, 4], [0, 5]], Rows(Levels.Candidates(2, reached)));
    }

    private static int[][] Rows(SparseMatrix matrix) => [.. Enumerable.Range(0, matrix.RowCount).Select(row => matrix.RowColumns(row).ToArray())];
}
