using System.Text;
using LightDxml.Data.Parsing;

namespace LightDxml.Data.Tests;

public sealed class LineBlockReaderTests
{
    /// <summary>Rounds of documents end with blocks, and vocabularies are pruned at their ends: which parser had the long line must not matter.</summary>
    [Fact]
    public void TryRead_BlockThatHeldALongLine_EndsWhereAFreshOneWould()
    {
        var random = new Random(1);
        var text = new StringBuilder();
        for (var line = 0; line < 2_000; line++)
            text.Append('x', line is 300 or 900 ? 50_000 : random.Next(200)).Append('\n');
        var bytes = Encoding.ASCII.GetBytes($"{text}end");

        var reused = new LineBlock();
        int[] fresh = [.. Lengths(() => new LineBlock())];
        int[] again = [.. Lengths(() => reused)];
        Assert.Equal(fresh, again);
        Assert.Equal(bytes.Length, fresh.Sum());
        Assert.True(reused.Buffer.Length > 50_000);

        IEnumerable<int> Lengths(Func<LineBlock> blocks)
        {
            using var reader = new LineBlockReader(new MemoryStream(bytes), "lines", new ReadLimits { BlockBytes = 4_096 });
            var at = 0;
            for (var block = blocks(); reader.TryRead(block); block = blocks())
            {
                Assert.True(block.Bytes.SequenceEqual(bytes.AsSpan(at, block.Length)));
                at += block.Length;
                yield return block.Length;
            }
        }
    }
}
