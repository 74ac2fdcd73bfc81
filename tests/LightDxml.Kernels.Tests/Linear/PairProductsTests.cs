using LightDxml.Data;
using LightDxml.Kernels.Linear;

namespace LightDxml.Kernels.Tests.Linear;

public sealed class PairProductsTests
{
    private const int Columns = 200;
    private const int Width = 7;

    // Nine rows are one word: every column that a row has is looked up in a table.
    private static readonly int[] RowLengths = [0, 1, 2, 3, 4, 5, 64, 199, 200];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Products_BlockOfDocuments_AreInnerProducts(bool joined)
    {
        var random = new Random(1);
        var (rows, documents) = (Rows(random, RowLengths), Rows(random, [.. Enumerable.Range(0, 20).Select(i => 3 * i)]));
        var (factors, others) = (joined ? Factors(random) : null, joined ? Rows(random, [.. RowLengths.Reverse()]) : null);
        var chosen = Chosen(random, documents.RowCount);
        var products = new float[chosen.Length];

        // The second call finds what the first has left behind.
        var pairs = new PairProducts(rows.RowCount, Columns);
        pairs.Of(new WeightedRowSum(rows), documents, 0, documents.RowCount, chosen, products);
        pairs.Of(new WeightedRowSum(rows, factors, others, 0.5f), documents, 0, documents.RowCount, chosen, products);

        for (var pair = 0; pair < chosen.Length; pair++)
        {
            var expected = chosen[pair] < 0
                ? 0
                : (factors?[chosen[pair]] ?? 1) * Product(rows, chosen[pair], documents, pair / Width)
                    + (others is null ? 0 : 0.5 * Product(others, chosen[pair], documents, pair / Width));

            // Two hundred products of numbers below 2 in single precision.
            Assert.Equal(expected, products[pair], 1e-3);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    public void Products_FewDocuments_HaveTheSameBits_WhetherRowsAreStoredByColumnsOrNot(int count)
    {
        var random = new Random(3);
        var (rows, documents) = (Rows(random, RowLengths), Rows(random, [.. Enumerable.Range(0, 21).Select(i => 2 * i)]));
        var sum = new WeightedRowSum(rows, Factors(random), Rows(random, [.. RowLengths.Reverse()]), 0.3f);
        var chosen = Chosen(random, count);
        var (laidOut, byColumn) = (new float[chosen.Length], new float[chosen.Length]);
        var pairs = new PairProducts(rows.RowCount, Columns);
        Assert.False(sum.IsByColumn);
        pairs.Of(sum, documents, 1, count, chosen, laidOut);
        Assert.NotNull(sum.ByColumn);
        Assert.True(sum.IsByColumn);
        pairs.Of(sum, documents, 1, count, chosen, byColumn);
        Assert.Equal(laidOut, byColumn);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Products_OneDocument_HaveTheBitsOfTheBlock(bool joined)
    {
        var random = new Random(2);
        var (rows, documents) = (Rows(random, RowLengths), Rows(random, [0, 1, 2, 3, 50, 199, 200]));
        var sum = joined ? new WeightedRowSum(rows, Factors(random), Rows(random, [.. RowLengths.Reverse()]), 0.7f) : new WeightedRowSum(rows);
        var chosen = Chosen(random, documents.RowCount);
        var products = new float[chosen.Length];
        var pairs = new PairProducts(rows.RowCount, Columns);
        pairs.Of(sum, documents, 0, documents.RowCount, chosen, products);
        var alone = new float[Width];
        for (var document = 0; document < documents.RowCount; document++)
        {
            pairs.Of(sum, documents.RowColumns(document), documents.RowValues(document), chosen.AsSpan(document * Width, Width), alone);
            Assert.Equal(products[(document * Width)..((document + 1) * Width)], alone);
        }
    }

    [Theory]
    [InlineData(64, 100_000)]
    [InlineData(65, 100_000)]
    [InlineData(1000, 100_000)]
    [InlineData(1000, 0)]
    public void Products_OneDocumentOfManyRows_HaveTheBitsOfTheBlock(int rowCount, long mostStored)
    {
        // Of 1,000 rows are 16 words: columns that 16 rows or more have are looked up in a table, the others are walked.
        var random = new Random(4);
        var rows = Rows(random, [.. Enumerable.Range(0, rowCount).Select(row => row % 7)]);
        var documents = Rows(random, [3, 50, 200]);
        var chosen = Enumerable.Range(0, documents.RowCount * Width).Select(_ => random.Next(-1, rowCount)).ToArray();
        var products = new float[chosen.Length];
        var pairs = new PairProducts(rowCount, Columns);
        pairs.Of(new WeightedRowSum(rows), documents, 0, documents.RowCount, chosen, products);
        var sum = new WeightedRowSum(rows, mostStored: mostStored);
        Assert.Equal(mostStored == 0, sum.ByColumn is null);
        var alone = new float[Width];
        for (var document = 0; document < documents.RowCount; document++)
        {
            pairs.Of(sum, documents.RowColumns(document), documents.RowValues(document), chosen.AsSpan(document * Width, Width), alone);
            Assert.Equal(products[(document * Width)..((document + 1) * Width)], alone);
        }

        Assert.Contains(products, product => product != 0);
    }

    [Fact]
    public void Products_BlockWithin_StartsAtItsFirstDocument()
    {
        var random = new Random(3);
        var (rows, documents) = (Rows(random, RowLengths), Rows(random, [10, 20, 30, 40]));
        int[] chosen = [7, 8];
        var products = new float[2];
        new PairProducts(rows.RowCount, Columns).Of(new WeightedRowSum(rows), documents, 2, 1, chosen, products);
        Assert.Equal(Product(rows, 7, documents, 2), products[0], 1e-4);
        Assert.Equal(Product(rows, 8, documents, 2), products[1], 1e-4);
    }

    private static int[] Chosen(Random random, int documents) =>
        [.. Enumerable.Range(0, documents * Width).Select(_ => random.Next(-1, RowLengths.Length))];

    private static float[] Factors(Random random) => [.. RowLengths.Select(_ => random.NextSingle() * 2 - 1)];

    private static double Product(SparseMatrix rows, int row, SparseMatrix documents, int document)
    {
        var sum = 0.0;
        for (var j = 0; j < rows.RowLength(row); j++)
        {
            var place = documents.RowColumns(document).IndexOf(rows.RowColumns(row)[j]);
            sum += place < 0 ? 0 : (double)rows.RowValues(row)[j] * documents.RowValues(document)[place];
        }

        return sum;
    }

    private static SparseMatrix Rows(Random random, int[] lengths) => SparseMatrix.OfRows(
        [.. lengths.Select(length =>
        {
            var columns = Enumerable.Range(0, Columns).ToArray();
            random.Shuffle(columns);
            return ((int[])[.. columns.Take(length).Order()], (float[])[.. Enumerable.Range(0, length).Select(_ => random.NextSingle() * 2 - 1)]);
        })],
        Columns);
}
