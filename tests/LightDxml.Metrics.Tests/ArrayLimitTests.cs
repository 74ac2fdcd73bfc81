namespace LightDxml.Metrics.Tests;

public class ArrayLimitTests
{
    [Fact]
    public void WhatOneArrayCannotHold_IsAnErrorWithTheNumbers()
    {
        Assert.Equal(41, PointScores.ColumnsOf(52_000_000, 5));
        Assert.Contains("53000000 documents × 41 numbers", Assert.Throws<LightDxmlException>(() => PointScores.ColumnsOf(53_000_000, 5)).Message, StringComparison.Ordinal);
        ScoredPairs.CheckCount(1_073_000_000);
        Assert.Contains("1073741824 labels", Assert.Throws<LightDxmlException>(() => ScoredPairs.CheckCount(1 << 30)).Message, StringComparison.Ordinal);
    }
}
