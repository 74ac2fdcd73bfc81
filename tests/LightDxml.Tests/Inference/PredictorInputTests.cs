using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.TestKit;

namespace LightDxml.Tests.Inference;

public class PredictorInputTests
{
    private const int Features = 50;

    [Theory]
    [InlineData(new[] { Features }, 1)]
    [InlineData(new[] { 2_000_000_000 }, 1)]
    [InlineData(new[] { -1 }, 1)]
    [InlineData(new[] { 4, 4 }, 2)]
    [InlineData(new[] { 5, 4 }, 2)]
    [InlineData(new[] { 4, 5 }, 1)]
    public void Predict_OneDocumentThatIsNoRow_IsAnError(int[] columns, int values)
    {
        using var predictor = new Predictor(SampleModels.Random(Features, 20, 8, 1), 1);

        Assert.Throws<ArgumentException>(() => predictor.Predict(columns, new float[values], new int[3], new float[3]));
    }

    [Fact]
    public void Predict_OneDocument_RoomForFewerScores_IsAnError()
    {
        using var predictor = new Predictor(SampleModels.Random(Features, 20, 8, 1), 1);

        Assert.Throws<ArgumentException>(() => predictor.Predict([4], [1f], new int[3], new float[2]));
    }

    [Fact]
    public void Predict_MatrixWithoutValues_IsAnError()
    {
        using var predictor = new Predictor(SampleModels.Random(Features, 20, 8, 1), 1);

        var fault = Assert.Throws<LightDxmlException>(() => predictor.Predict(new SparseMatrix(1, Features, [0, 2], [4, 7]), 3));

        Assert.Contains("without values", fault.Message, StringComparison.Ordinal);
    }
}
