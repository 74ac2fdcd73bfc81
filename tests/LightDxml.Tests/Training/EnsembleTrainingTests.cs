using LightDxml.Models;
using LightDxml.Names;
using LightDxml.TestKit;
using LightDxml.Text;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

public class EnsembleTrainingTests
{
    [Theory]
    [InlineData(Head.Auto, false, Head.Dense, false)]
    [InlineData(Head.Auto, true, Head.Hybrid, true)]
    [InlineData(Head.Dense, true, Head.Dense, true)]
    public void Like_GivesLaterMembersTheKindOfHeadOfTheFirst(Head asked, bool firstHasNames, Head expected, bool hasNames)
    {
        var names = Names();
        var first = SampleModels.Random(5, 4, 3, seed: 1) with { Names = firstHasNames ? names : null };
        var options = new TrainingOptions { Head = asked };
        var (own, ownNames) = EnsembleTraining.Like(first, options, names);
        Assert.Equal((expected, hasNames), (own.Head, ownNames is not null));
        Assert.Equal((options, names), EnsembleTraining.Like(null, options, names));
        Assert.Equal((options, null), EnsembleTraining.Like(first, options, null));
    }

    [Fact]
    public void Alike_LabelsWithoutDocuments_AreThoseOfAllMembersOrOfNone()
    {
        var without = SampleModels.Random(5, 4, 3, seed: 1) with { ScoreWeights = ScoreWeights.Unfitted };
        var with = without with { ScoreWeights = ScoreWeights.Unfitted with { Unseen = new UnseenWeights(1, 1, 1, 0, 0, -3) }, NameStatistics = new NameStatistics([1], [0.5f]) };
        Assert.Same(with, EnsembleTraining.Alike([with, with])[0]);
        Assert.All(EnsembleTraining.Alike([with, without]), model => Assert.Null(model.ScoreWeights?.Unseen));
        Assert.All(EnsembleTraining.Alike([with, without]), model => Assert.Null(model.NameStatistics));
    }

    private static NameIndex Names()
    {
        var vectorizer = TextVectorizer.Fit([new TextDocument("", "", "red green sea", []), new TextDocument("", "", "red green sea", [])], new TextVectorizerOptions());
        return NameIndex.Build(new LabelTexts([["red"], ["green"], ["sea"], ["red sea"]]), vectorizer, WordEndings.None);
    }
}
