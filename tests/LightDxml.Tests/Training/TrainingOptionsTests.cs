using LightDxml.Configuration;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

public class TrainingOptionsTests
{
    // Embeddings that start at zero stay there, and sizes beyond these are mistyped.
    [Theory]
    [InlineData("encoder.embeddingScale", "0")]
    [InlineData("encoder.dimensions", "2147483647")]
    [InlineData("proxy.hidden", "2147483647")]
    [InlineData("schedule.batchSize", "3000000")]
    [InlineData("schedule.batchSize", "0")]
    public void Validate_ValueThatNoTrainingCanTake_IsAnErrorThatNamesTheSetting(string setting, string value) => Assert.StartsWith(
        $"{setting} must be ", Assert.Throws<OptionsException>(() => TrainingOptions.Table.Find(setting).With(new TrainingOptions(), value).Validate()).Message, StringComparison.Ordinal);
}
