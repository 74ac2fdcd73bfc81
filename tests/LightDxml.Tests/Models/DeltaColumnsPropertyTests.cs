using CsCheck;
using LightDxml.Models;

namespace LightDxml.Tests.Models;

public class DeltaColumnsPropertyTests
{
    private static readonly Gen<int[]> AnyRow =
        Gen.OneOf(Gen.Int[0, 20], Gen.Int[0, 5000], Gen.Int[0, int.MaxValue - 1]).Array[0, 40].Select(row => row.Distinct().Order().ToArray());

    [Fact]
    public void EncodeDecode_AnyRowsInARow_GivesThemBack() => AnyRow.Array[0, 5].Sample(rows =>
    {
        var bytes = new List<byte>();
        foreach (var row in rows)
            DeltaColumns.Encode(row, bytes);
        var rest = bytes.ToArray();
        foreach (var row in rows)
        {
            var columns = new int[row.Length];
            var read = DeltaColumns.Decode(rest, int.MaxValue, columns);
            Assert.Equal(row, columns);
            rest = rest[read..];
        }

        Assert.Empty(rest);
    }, iter: 1000);

    [Fact]
    public void Decode_AnyBytes_GivesAscendingColumnsInRangeOrAFault() =>
        Gen.Select(Gen.Byte[0, 34], Gen.Byte.Array[0, 40], Gen.Int[0, 12], Gen.OneOf(Gen.Int[1, 300], Gen.Const(int.MaxValue))).Sample((lowBits, bits, count, columnCount) =>
        {
            var columns = new int[count];
            var read = DeltaColumns.Decode([lowBits, .. bits], columnCount, columns);
            Assert.InRange(read, -1, bits.Length + 1);
            if (read >= 0)
            {
                Assert.All(columns, column => Assert.InRange(column, 0, columnCount - 1));
                Assert.Equal(columns.Distinct().Order(), columns);
            }
        }, iter: 5000);
}
