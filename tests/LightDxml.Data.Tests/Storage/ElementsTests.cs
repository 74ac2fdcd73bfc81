using System.Runtime.InteropServices;
using LightDxml.Storage;

namespace LightDxml.Data.Tests.Storage;

public class ElementsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    public void ForEachPiece_HandsOnAllBytes(int count)
    {
        int[] numbers = [.. Enumerable.Range(1, count)];
        var bytes = new List<byte>();
        Elements.ForEachPiece<int>(numbers, piece =>
        {
            Assert.InRange(piece.Length, 1, 3 * sizeof(int));
            bytes.AddRange(piece);
        }, piece: 3);
        Assert.Equal(MemoryMarshal.AsBytes(numbers.AsSpan()), CollectionsMarshal.AsSpan(bytes));
    }
}
