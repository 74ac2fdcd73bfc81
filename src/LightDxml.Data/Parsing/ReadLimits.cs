namespace LightDxml.Data.Parsing;

/// <summary>Sizes that readers work with. Results do not depend on the block size.</summary>
/// <param name="BlockBytes">Bytes that a thread parses at a time: large enough that taking turns costs nothing, small enough to stay near the cache.</param>
/// <param name="MaxLineBytes">The longest line that is read.</param>
/// <param name="MaxBlockNonZeros">Non-zeros in one block of the matrix at most: while a block of 128 MiB is made, its entries are held twice.</param>
internal sealed record ReadLimits(
    int BlockBytes = 2 << 20, int MaxLineBytes = 1 << 30, long MaxBlockNonZeros = 1 << 24)
{
    public static ReadLimits Default { get; } = new();
}
