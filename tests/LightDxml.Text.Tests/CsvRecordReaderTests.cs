using LightDxml.Data.Parsing;
using LightDxml.Text.Reading;

namespace LightDxml.Text.Tests;

public sealed class CsvRecordReaderTests
{
    [Theory]
    [InlineData(1000, "found a quote that is never closed")]
    [InlineData(100, "found a quoted value that goes on for more than 100 bytes")]
    public void TryRead_QuoteThatIsNotClosed_SaysWhetherTheValueIsTooLong(int most, string fault)
    {
        var text = System.Text.Encoding.UTF8.GetBytes($"id,text\n1,\"{string.Concat(Enumerable.Repeat("some words\n", 30))}");
        using var reader = new CsvRecordReader(new LineBlockReader(new MemoryStream(text), "a.csv", new ReadLimits(BlockBytes: 64)), (byte)',', (byte)'"') { MaxQuotedBytes = most };
        Assert.True(reader.TryRead());
        Assert.Null(reader.Fault);
        Assert.True(reader.TryRead());
        Assert.StartsWith(fault, reader.Fault, StringComparison.Ordinal);
        Assert.EndsWith("--quote none reads quotes as text", reader.Fault, StringComparison.Ordinal);
    }
}
