using System.Text;

namespace LightDxml.Text.Synthetic;

/// <summary>The points of a <see cref="SyntheticDataset"/> as documents of made-up words, with label names.</summary>
internal static class SyntheticText
{
    private const int WordsPerSentence = 12;

    /// <summary>Training and test documents of the points that <see cref="SyntheticDataset.Generate"/> gives for the same options.</summary>
    /// <exception cref="Configuration.OptionsException">An option is out of its range.</exception>
    public static (IEnumerable<TextDocument> Train, IEnumerable<TextDocument> Test) Generate(SyntheticOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var language = new SyntheticLanguage(options);
        return (
            Documents(options, language, SyntheticDataset.TrainStream, options.TrainingPoints, "train"),
            Documents(options, language, SyntheticDataset.TestStream, options.TestPoints, "test"));
    }

    private static IEnumerable<TextDocument> Documents(SyntheticOptions options, SyntheticLanguage language, ulong stream, int count, string part)
    {
        List<int> words = [], labels = [];
        for (var point = 0; point < count; point++)
        {
            language.Draw(stream, point, labels, words);
            yield return new TextDocument($"{part}-{point + 1}", "", Sentences(words), [.. labels.Select(language.LabelName)]);
        }
    }

    private static string Sentences(List<int> words)
    {
        var text = new StringBuilder();
        for (var i = 0; i < words.Count; i++)
        {
            var word = SyntheticWords.Word(words[i]);
            if (i % WordsPerSentence == 0)
                text.Append(i > 0 ? ". " : "").Append(char.ToUpperInvariant(word[0])).Append(word, 1, word.Length - 1);
            else
                text.Append(' ').Append(word);
        }

        return text.Append('.').ToString();
    }
}
