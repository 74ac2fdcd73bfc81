using LightDxml.Data.Parsing;

namespace LightDxml.Data.Tests;

public class MatrixAssemblyTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    public void Join_LetsGoOfEachChunk(long maxBlockNonZeros)
    {
        List<RowChunk> chunks = [new([2, 0], [1, 4], [1, 2], 4), new([1], [3], [3], 3), new([3], [0, 1, 2], [4, 5, 6], 2)];
        var matrix = MatrixAssembly.Join(chunks, 5, maxBlockNonZeros, threads: 2);
        Assert.Equal([0, 2, 2, 3, 6], matrix.RowOffsets);
        Assert.Equal("1,4||3|0,1,2", string.Join('|', Enumerable.Range(0, 4).Select(row => string.Join(',', matrix.RowColumns(row).ToArray()))));
        Assert.Equal("1,2||3|4,5,6", string.Join('|', Enumerable.Range(0, 4).Select(row => string.Join(',', matrix.RowValues(row).ToArray()))));
        Assert.All(chunks, chunk => Assert.Equal((0, 0), (chunk.Columns.Length, chunk.Values.Length)));
    }
}
