using System.Text;
using LightDxml.Text;

namespace LightDxml.TestKit;

/// <summary>Documents of words whose frequencies fall, some of them not ASCII, with labels that follow from words.</summary>
internal static class RandomDocuments
{
    public static IReadOnlyList<TextDocument> Create(int count, int seed)
    {
        var random = new Random(seed);
        var documents = new List<TextDocument>();
        for (var i = 0; i < count; i++)
        {
            var text = new StringBuilder();
            var labels = new SortedSet<string>();
            for (var length = random.Next(20, 300); length > 0; length--)
            {
                var word = (int)(2000 * Math.Pow(random.NextDouble(), 3));
                text.Append(word % 7 == 0 ? "Wört" : "word").Append(word).Append(random.Next(12) == 0 ? ". " : " ");
                if (word is > 10 and < 60)
                    labels.Add($"label {word}");
            }

            documents.Add(new TextDocument($"{i}", $"title {i % 50}", text.ToString(), [.. labels]));
        }

        return documents;
    }
}
