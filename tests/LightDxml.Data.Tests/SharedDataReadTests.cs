using LightDxml.TestKit;

namespace LightDxml.Data.Tests;

/// <summary>The published files themselves, where the machine has them.</summary>
public class SharedDataReadTests
{
    [SkippableTheory]
    [InlineData("bibtex/bibtex_train.txt", 4880, 1836, 159)]
    [InlineData("delicious/delicious_test.txt", 3185, 500, 983)]
    [InlineData("eurlex57k-tfidf/test.txt.gz", 6000, 17305, 4271)]
    public void Read_PublishedFile_HasItsPublishedShape(string name, int points, int features, int labels)
    {
        var path = SharedData.PathOf(name);
        Skip.If(path is null, $"needs {name}");

        var dataset = DatasetFile.Read(path);

        Assert.Equal((points, features, labels), (dataset.PointCount, dataset.FeatureCount, dataset.LabelCount));
        Assert.True(dataset.Features.NonZeroCount > points);
    }
}
