using LightDxml.Data;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

public class TrainingPlanTests
{
    // 900 steps of 256 points, within 4 and 8 epochs, or 15 where all of up to 1,000 labels are negatives.
    [Theory]
    [InlineData(45_000, 4_000, 6)]
    [InlineData(15_000, 4_000, 8)]
    [InlineData(1_000_000, 4_000, 4)]
    [InlineData(15_000, 900, 15)]
    [InlineData(100, 4_000, 8)]
    public void Resolve_Epochs_ComeFromPointsAndLabels(int points, int labels, int epochs)
    {
        var schedule = TrainingPlan.Resolve(new TrainingOptions(), points, labels).Schedule;
        Assert.Equal(epochs, schedule.Epochs);
        Assert.Equal((epochs + 1) / 2, schedule.RefreshEvery);
    }

    [Theory]
    [InlineData(100, "auto", true)]
    [InlineData(1_999, "auto", true)]
    [InlineData(2_000, "auto", false)]
    [InlineData(100, "dense", false)]
    public void Resolve_MostLabelsWithoutDocuments_AreFoundByTheIndexOfTheOthers(int labelsWithDocuments, string head, bool searched)
    {
        var features = SmallData.Matrix([.. Enumerable.Range(0, 50).Select(point => new SortedDictionary<int, float>(Enumerable.Range(0, 60).ToDictionary(i => (point + i) % 80, _ => 1f)))], 80);
        var labels = SmallData.Matrix([.. Enumerable.Range(0, 50).Select(point => new SortedSet<int>(Enumerable.Range(0, labelsWithDocuments).Where(label => point < 15 || label % 50 == point)))], 4_000);
        var options = TrainingPlan.Resolve(new TrainingOptions { Head = Enum.Parse<Head>(head, ignoreCase: true) }, new Dataset("made up", features, labels));
        Assert.Equal(searched, TrainingPlan.SearchesIndex(options, 4_000));
        Assert.Equal(searched ? 0 : PredictionOptions.DefaultScanLabels, options.Prediction.ScanLabels);
        Assert.Equal(7, TrainingPlan.Resolve(options with { Prediction = new PredictionOptions { ScanLabels = 7 } }, new Dataset("made up", features, labels)).Prediction.ScanLabels);
    }

    [Theory]
    [InlineData(40_000, 0.025)]
    [InlineData(1_000_000, 0.02)]
    [InlineData(5_000, 0.07)]
    public void Resolve_ShareHeldOut_IsAThousandPointsWithinBounds(int points, double share) =>
        Assert.Equal(share, TrainingPlan.Resolve(new TrainingOptions(), points, 100).Validation.Share, 1e-12);

    [Theory]
    [InlineData(5_000, 900, 600, 0.5)]
    [InlineData(5_000, 4_000, 300, 0.3)]
    [InlineData(500_000, 900, 300, 0.3)]
    public void Resolve_WidthAndDropout_ComeFromPointsAndLabels(int points, int labels, int dimensions, double dropout)
    {
        var encoder = TrainingPlan.Resolve(new TrainingOptions(), points, labels).Encoder;
        Assert.Equal((dimensions, dropout), (encoder.Dimensions, encoder.Dropout));
    }

    [Theory]
    [InlineData(5_000, 99.9, 300)]
    [InlineData(5_000, 100, 600)]
    [InlineData(2_000, 5, 600)]
    public void Resolve_FewLabelsAndFewDocumentsPerFeature_TakeNoWiderNetwork(int points, double documentsPerFeature, int dimensions)
    {
        var encoder = TrainingPlan.Resolve(new TrainingOptions(), points, 900, documentsPerFeature: documentsPerFeature).Encoder;
        Assert.Equal((dimensions, 0.5), (encoder.Dimensions, encoder.Dropout));
    }

    [Fact]
    public void Resolve_DocumentsPerFeature_AreCounted()
    {
        var data = SmallData.Learnable(points: 2_500, labels: 900, seed: 1);
        var few = TrainingPlan.Resolve(new TrainingOptions(), data).Encoder.Dimensions;
        var many = TrainingPlan.Resolve(new TrainingOptions(), data.SelectRows([.. Enumerable.Range(0, 40_000).Select(i => i % 40)])).Encoder.Dimensions;
        Assert.Equal((300, 600), (few, many));
    }

    [Theory]
    [InlineData(4_000, 12, 192)]
    [InlineData(4_000, 100, 192)]
    [InlineData(4_000, 101, 300)]
    [InlineData(900, 12, 600)]
    [InlineData(20_000, 25, 128)]
    [InlineData(20_000, 26, 192)]
    public void Resolve_ShortDocumentsWithManyLabels_TakeFewerDimensions(int labels, double featuresPerDocument, int dimensions) =>
        Assert.Equal(dimensions, TrainingPlan.Resolve(new TrainingOptions(), 5_000, labels, featuresPerDocument).Encoder.Dimensions);

    [Theory]
    [InlineData(4_000, 25.0, -1, -1, 100, 50)]
    [InlineData(4_000, 25.1, -1, -1, 200, 100)]
    [InlineData(40_000, 8.0, 300, -1, 300, 50)]
    [InlineData(40_000, 8.0, 0, 7, 0, 7)]
    [InlineData(30, 8.0, -1, -1, 100, 30)]
    public void Resolve_FewWords_HalvesTheNegativesThatNobodySet(int labels, double featuresPerDocument, int hard, int uniform, int expectedHard, int expectedUniform)
    {
        var options = new TrainingOptions { Negatives = new NegativeOptions { Hard = hard, Uniform = uniform } };
        var negatives = TrainingPlan.Resolve(options, 5_000, labels, featuresPerDocument).Negatives;
        Assert.Equal((expectedHard, expectedUniform), (negatives.Hard, negatives.Uniform));
    }

    [Theory]
    [InlineData(4_000, 160, 0, 0, 16)]
    [InlineData(4_000, 400, 384, 0, 64)]
    [InlineData(900, 160, 3, 0, 67)]
    [InlineData(900, 400, 384, 0, 448)]
    [InlineData(20_000, 12, 0, 0, 64)]
    [InlineData(20_000, 12, 0, 7, 7)]
    public void Resolve_TermsOfCentroids_AreFewBesideEmbeddings_AndHoldVectorsOfFewLabels(int labels, double featuresPerDocument, int shared, int terms, int expected)
    {
        var options = new TrainingOptions { Shortlist = new ShortlistOptions { CentroidTerms = terms } };
        Assert.Equal(expected, TrainingPlan.Resolve(options, 5_000, labels, featuresPerDocument, shared).Shortlist.CentroidTerms);
    }

    [Fact]
    public void Resolve_FeaturesOfNearlyEveryDocument_AreTermsOfCentroids()
    {
        // Feature 0 is in every document, feature 1 in all but one of a hundred, feature 2 in all but two.
        var rows = Enumerable.Range(0, 100).Select(i => new SortedDictionary<int, float> { [0] = 1, [i == 7 ? 3 : 1] = 1, [i is 8 or 9 ? 4 : 2] = 1 });
        var labels = Enumerable.Range(0, 100).Select(i => new SortedDictionary<int, float> { [i % 10] = 1 });
        var data = new Dataset("shared", SmallData.Matrix([.. rows], 5), SmallData.Matrix([.. labels], 10));
        Assert.Equal(66, TrainingPlan.Resolve(new TrainingOptions(), data).Shortlist.CentroidTerms);
    }

    [Theory]
    [InlineData(20_000, 25, "auto", Head.Auto, "centroids", 4)]
    [InlineData(20_000, 26, "auto", Head.Auto, "auto", 2)]
    [InlineData(8_192, 12, "auto", Head.Auto, "auto", 2)]
    [InlineData(20_000, 12, "auto", Head.Dense, "auto", 2)]
    [InlineData(20_000, 12, "ivf", Head.Auto, "ivf", 2)]
    [InlineData(20_000, 200, "centroids", Head.Dense, "centroids", 4)]
    [InlineData(20_000, 200, "auto", Head.Auto, "auto", 2, 2)]
    [InlineData(4_000, 200, "auto", Head.Auto, "centroids", 4, 9.9)]
    [InlineData(4_000, 200, "auto", Head.Auto, "auto", 2, 10)]
    [InlineData(4_000, 200, "auto", Head.Dense, "auto", 2, 2)]
    [InlineData(1_000, 200, "auto", Head.Auto, "auto", 2, 2)]
    public void Resolve_FewWordsAndManyLabels_OrFewDocumentsALabel_AreFoundByCentroidsOnce(
        int labels, double featuresPerDocument, string index, Head head, string expected, int refreshEvery, double documentsPerLabel = double.PositiveInfinity)
    {
        var options = new TrainingOptions { Head = head, Shortlist = new ShortlistOptions { Index = index }, Schedule = new ScheduleOptions { Epochs = 4 } };
        var resolved = TrainingPlan.Resolve(options, 5_000, labels, featuresPerDocument, documentsPerLabel: documentsPerLabel);
        Assert.Equal((expected, refreshEvery), (resolved.Shortlist.Index, resolved.Schedule.RefreshEvery));
        Assert.Equal(expected != "auto", TrainingPlan.SearchesIndex(resolved, 5_000) || expected == "ivf");
    }

    [Theory]
    [InlineData(900, 0.2f, UnitLength.False)]
    [InlineData(900, 0.9f, UnitLength.True)]
    [InlineData(900, 0f, UnitLength.True)]
    [InlineData(4_000, 0.2f, UnitLength.True)]
    public void Resolve_RowLengths_AreKeptWhereLabelsAreFewAndLengthsEven(int labels, float spread, UnitLength expected)
    {
        // Rows of one entry, by turns shorter and longer than 3 by the spread.
        var rows = Enumerable.Range(0, 100).Select(i => new SortedDictionary<int, float> { [i % 7] = 3 * (i % 2 == 0 ? 1 - spread : 1 + spread) }).ToArray();
        var truth = Enumerable.Range(0, 100).Select(i => new SortedSet<int> { i }).ToArray();
        var train = new Dataset("rows", SmallData.Matrix(rows, 7), SmallData.Matrix(truth, labels));
        Assert.Equal(expected, TrainingPlan.Resolve(new TrainingOptions(), train).Encoder.UnitRows);
        foreach (var given in new[] { UnitLength.True, UnitLength.False })
            Assert.Equal(given, TrainingPlan.Resolve(new TrainingOptions { Encoder = new EncoderOptions { UnitRows = given } }, train).Encoder.UnitRows);
    }

    [Fact]
    public void Resolve_WhatIsGiven_Stays()
    {
        var options = new TrainingOptions
        {
            Encoder = new EncoderOptions { Dimensions = 40, Dropout = 0 },
            Schedule = new ScheduleOptions { Epochs = 3, RefreshEvery = 2 },
            Validation = new ValidationOptions { Share = 0 },
        };
        var resolved = TrainingPlan.Resolve(options, 5_000, 100);
        Assert.Equal((3, 2, 0.0), (resolved.Schedule.Epochs, resolved.Schedule.RefreshEvery, resolved.Validation.Share));
        Assert.Equal((40, 0.0), (resolved.Encoder.Dimensions, resolved.Encoder.Dropout));
    }
}
