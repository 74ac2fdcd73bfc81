using System.Text.Json;
using System.Text.Json.Serialization;

namespace LightDxml.Text.Tests;

/// <summary>The formulas of scikit-learn's TfidfVectorizer, restated in vectorizer-golden.py.</summary>
public sealed class GoldenVectorizerTests
{
    private static readonly JsonSerializerOptions Layout = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Converters = { new JsonStringEnumConverter() } };

    public static TheoryData<string> Cases => [.. Golden().Select(golden => golden.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void FitAndTransform_GiveTermsFrequenciesAndRowsOfTheFormulas(string name)
    {
        var golden = Golden().Single(golden => golden.Name == name);
        var documents = golden.Documents.Select(text => new TextDocument("", "", text, [])).ToList();
        var vectorizer = TextVectorizer.Fit(documents, new TextVectorizerOptions
        {
            Unit = golden.Unit,
            MinNgram = golden.MinNgram,
            MaxNgram = golden.MaxNgram,
            Lowercase = golden.Lowercase,
            FoldAccents = golden.FoldAccents,
            MinWordLength = golden.MinWordLength,
            MinDocuments = golden.MinDocuments,
            MaxDocumentShare = golden.MaxDocumentShare,
            MaxFeatures = 0,
            Subwords = SubwordUse.None,
            SublinearTf = golden.SublinearTf,
            SmoothIdf = golden.SmoothIdf,
        });
        // The golden columns are in the order of their terms' bytes, the vectoriser's by frequency.
        var terms = vectorizer.Terms()!;
        int[] goldenColumn = [.. terms.Select(term => Array.IndexOf(golden.Terms, term))];
        Assert.Equal(Enumerable.Range(0, golden.Terms.Length), goldenColumn.Order());
        var matrix = vectorizer.Transform(documents);
        Assert.Equal((golden.Rows.Length, golden.Terms.Length), (matrix.RowCount, matrix.ColumnCount));
        for (var column = 0; column < golden.Terms.Length; column++)
            Assert.Equal(golden.Idf[goldenColumn[column]], vectorizer.InverseDocumentFrequencies[column], 1e-6);
        for (var row = 0; row < golden.Rows.Length; row++)
        {
            var values = matrix.RowValues(row).ToArray();
            var entries = matrix.RowColumns(row).ToArray().Select((column, i) => (Column: goldenColumn[column], Value: values[i])).OrderBy(entry => entry.Column).ToArray();
            Assert.Equal(golden.Rows[row].Select(entry => (int)entry[0]), entries.Select(entry => entry.Column));
            for (var i = 0; i < entries.Length; i++)
                Assert.Equal(golden.Rows[row][i][1], entries[i].Value, 1e-6);
        }
    }

    private static GoldenCase[] Golden() =>
        JsonSerializer.Deserialize<GoldenCase[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectorizer-golden.json")), Layout)!;

    private sealed record GoldenCase(
        string Name, string[] Documents, TermUnit Unit, int MinNgram, int MaxNgram, bool Lowercase, bool FoldAccents, int MinWordLength,
        int MinDocuments, double MaxDocumentShare, bool SublinearTf, bool SmoothIdf, string[] Terms, double[] Idf, double[][][] Rows);
}
