namespace LightDxml.Encoders;

/// <summary>The memory that one thread needs to run a network; it grows to the largest batch.</summary>
internal sealed class NetworkScratch
{
    /// <summary>Token ids, [tokens].</summary>
    public long[] Ids { get; private set; } = [];

    /// <summary>The mask of attention: every token counts.</summary>
    public long[] Ones { get; private set; } = [];

    /// <summary>The types of tokens: all of the first text.</summary>
    public long[] Zeros { get; private set; } = [];

    /// <summary>The network's output.</summary>
    public float[] Vectors { get; private set; } = [];

    /// <summary>A text's tokens.</summary>
    public List<int> Tokens { get; } = [];

    /// <summary>A batch as it goes to the network.</summary>
    public List<int> Batch { get; } = [];

    public void Reserve(int tokens, int numbers)
    {
        if (Ids.Length < tokens)
        {
            Ids = new long[tokens];
            Zeros = new long[tokens];
            Ones = new long[tokens];
            Array.Fill(Ones, 1);
        }

        if (Vectors.Length < numbers)
            Vectors = new float[numbers];
    }
}
