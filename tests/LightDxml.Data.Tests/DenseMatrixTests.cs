namespace LightDxml.Data.Tests;

public class DenseMatrixTests
{
    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 0, 1, 2 })]
    [InlineData(new[] { 1, 2, 3, 0 })]
    [InlineData(new[] { 4, 3, 2, 1, 0 })]
    [InlineData(new[] { 2, 0, 1, 3, 6, 7, 5, 4 })]
    public void ReorderRows_AnyOrder_EqualsACopyOfTheRowsInThatOrder(int[] order)
    {
        var matrix = new DenseMatrix(order.Length, 17);
        for (var row = 0; row < order.Length; row++)
        {
            for (var column = 0; column < 17; column++)
                matrix.Row(row)[column] = 100 * row + column;
        }

        var expected = matrix.SelectRows(order).Span.ToArray();
        matrix.ReorderRows(order);
        Assert.Equal(expected, matrix.Span.ToArray());
    }
}
