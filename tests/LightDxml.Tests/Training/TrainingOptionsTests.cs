using LightDxml.Configuration;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

public class TrainingOptionsTests
{
    // Embeddings that start at zero stay there, and sizes beyond these are mistyped.
    [Theory]
    [InlineData("encoder.embeddingScale", "0")]
    [InlineData("encoder.dimensions", "2147483647")]
    [InlineData("proxy.hidden", "2147483647")]
    public void Train_ValueThatNoTrainingCanTake_IsAnErrorThatNamesTheSetting_AndIsReadOfAModel(string setting, string value)
    {
        var options = TrainingOptions.Table.Find(setting).With(new TrainingOptions(), value).Validate();
        var fault = Assert.Throws<OptionsException>(() => Trainer.Train(SmallData.Learnable(60, 10, 1), null, options, 1, new SilentObserver()));
        Assert.StartsWith($"{setting} must be ", fault.Message, StringComparison.Ordinal);
    }
}
