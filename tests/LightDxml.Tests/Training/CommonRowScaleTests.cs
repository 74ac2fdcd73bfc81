using LightDxml.Data;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

public class CommonRowScaleTests
{
    // Lengths 5, 3 and, of a row without entries, none: mean 4, deviation 1.
    private static readonly SparseMatrix Rows = SmallData.Matrix([new SortedDictionary<int, float> { [0] = 3, [2] = 4 }, [], new SortedDictionary<int, float> { [1] = 3 }], 3);

    [Fact]
    public void Lengths_RowsWithoutEntries_DoNotCount()
    {
        var (mean, deviation) = CommonRowScale.Lengths(Rows);
        Assert.Equal(4, mean, 1e-12);
        Assert.Equal(1, deviation, 1e-12);
    }

    [Fact]
    public void Apply_BringsTheMeanLengthToOne()
    {
        var scaled = CommonRowScale.Apply(Rows, CommonRowScale.Of(Rows));
        Assert.Equal([0.75f, 1f], scaled.RowValues(0).ToArray());
        Assert.Equal([0.75f], scaled.RowValues(2).ToArray());
    }

    [Fact]
    public void Of_NoEntries_IsOne() => Assert.Equal(1, CommonRowScale.Of(SmallData.Matrix([new SortedDictionary<int, float>()], 3)));

    [Theory]
    [InlineData(1e25f)]
    [InlineData(1e-25f)]
    public void Apply_ValuesWhoseSquaresAreBeyondAFloat_BringsTheMeanLengthToOne(float unit)
    {
        var rows = Rows.ScaleRows(_ => unit);
        var (mean, deviation) = CommonRowScale.Lengths(CommonRowScale.Apply(rows, CommonRowScale.Of(rows)));
        Assert.Equal(1, mean, 1e-5);
        Assert.Equal(0.25, deviation, 1e-5);
    }

    [Fact]
    public void Fold_TakesTheFactorIntoTheEmbeddings()
    {
        var model = SampleModels.Random(6, 4, 5, seed: 1);
        var folded = CommonRowScale.Fold(model, 0.5f);
        Assert.Equal(
            model.Network.Embeddings.ToMatrix().Span.ToArray().Select(weight => weight * 0.5f), folded.Network.Embeddings.ToMatrix().Span.ToArray());
        Assert.Same(model.Network.Classifier, folded.Network.Classifier);
    }
}
