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
            SublinearTf = golden.SublinearTf,
            SmoothIdf = golden.SmoothIdf,
        });
        Assert.Equal(golden.Terms, vectorizer.Terms());
        var matrix = vectorizer.Transform(documents);
        Assert.Equal((golden.Rows.Length, golden.Terms.Length), (matrix.RowCount, matrix.ColumnCount));
        for (var column = 0; column < golden.Terms.Length; column++)
            Assert.Equal(golden.Idf[column], vectorizer.InverseDocumentFrequencies[column], 1e-6);
        for (var row = 0; row < golden.Rows.Length; row++)
        {
            Assert.Equal(golden.Rows[row].Select(entry => (int)entry[0]), matrix.RowColumns(row).ToArray());
            for (var i = 0; i < golden.Rows[row].Length; i++)
                Assert.Equal(golden.Rows[row][i][1], matrix.RowValues(row)[i], 1e-6);
        }
    }

    private static GoldenCase[] Golden() =>
        JsonSerializer.Deserialize<GoldenCase[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectorizer-golden.json")), Layout)!;

    private sealed record GoldenCase(
        string Name, string[] Documents, TermUnit Unit, int MinNgram, int MaxNgram, bool Lowercase, bool FoldAccents, int MinWordLength,
        int MinDocuments, double MaxDocumentShare, bool SublinearTf, bool SmoothIdf, string[] Terms, double[] Idf, double[][][] Rows);
}
