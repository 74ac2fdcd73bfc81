using LightDxml.Baselines.FastText;

namespace LightDxml.Baselines.Tests.FastText;

public sealed class HuffmanTreeTests
{
    [Fact]
    public void Paths_OfKnownFrequencies_HaveTheOptimalLengths()
    {
        // The textbook case: 45, 13, 12, 16, 9, 5 have codes of 1, 3, 3, 3, 4 and 4 bits.
        var tree = new HuffmanTree([45, 13, 12, 16, 9, 5]);
        Assert.Equal([1, 3, 3, 3, 4, 4], Enumerable.Range(0, 6).Select(label => Depth(tree, label)));
    }

    [Fact]
    public void Parent_IsTheNodeThatHasTheChild()
    {
        var tree = new HuffmanTree([0, 3, 1, 1, 7]);
        for (var label = 0; label < 5; label++)
        {
            var (inner, isYes) = tree.Parent(label);
            var (no, yes) = tree.Children(inner);
            Assert.Equal(label, isYes ? yes : no);
        }
    }

    private static int Depth(HuffmanTree tree, int node)
    {
        var depth = 0;
        for (; node != tree.Root; depth++)
            node = tree.Parent(node).Inner + tree.InnerCount + 1;
        return depth;
    }
}
