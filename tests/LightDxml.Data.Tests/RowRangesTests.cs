namespace LightDxml.Data.Tests;

public class RowRangesTests
{
    [Theory]
    [InlineData(0, 3, 2)]
    [InlineData(10, 3, 1)]
    [InlineData(10, 3, 4)]
    [InlineData(9, 3, 0)]
    public void ForEach_CoversEveryRowOnce(int rows, int grain, int threads)
    {
        var visits = new int[rows];
        RowRanges.ForEach(rows, grain, threads, (first, end) =>
        {
            Assert.InRange(end - first, 1, grain);
            for (var row = first; row < end; row++)
                Interlocked.Increment(ref visits[row]);
        });
        Assert.All(visits, count => Assert.Equal(1, count));
    }

    // The second range would end behind the greatest int.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ForEach_RowsNearTheGreatestInt_EndAtTheLastRow(int threads)
    {
        var ends = new List<int>();
        RowRanges.ForEach(int.MaxValue, int.MaxValue - 1, threads, (_, end) =>
        {
            lock (ends)
                ends.Add(end);
        });
        Assert.Equal([int.MaxValue - 1, int.MaxValue], ends.Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void ForEach_BodyThrows_CallersSeeThatException(int threads) =>
        Assert.Throws<OperationCanceledException>(() =>
            RowRanges.ForEach(100, 1, threads, (_, _) => throw new OperationCanceledException()));
}
