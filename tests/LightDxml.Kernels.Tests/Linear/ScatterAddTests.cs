using LightDxml.Kernels.Linear;

namespace LightDxml.Kernels.Tests.Linear;

public class ScatterAddTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(257)]
    public void AddTo_RowsOfAnyLength_AddsEachEntryToItsColumn(int length)
    {
        var random = new Random(length);
        var dense = Enumerable.Range(0, 600).Select(_ => random.NextSingle()).ToArray();
        int[] columns = [.. Enumerable.Range(0, 600).OrderBy(_ => random.Next()).Take(length).Order()];
        var values = Array.ConvertAll(columns, _ => random.NextSingle() - 0.5f);
        var expected = dense.ToArray();
        for (var j = 0; j < length; j++)
            expected[columns[j]] += 0.3f * values[j];

        ScatterAdd.Into(dense, 0.3f, columns, values);

        Assert.Equal(expected, dense);
    }
}
