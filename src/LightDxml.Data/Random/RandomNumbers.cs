namespace LightDxml;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood 2014): a stream of random numbers that is a pure function of the run's seed and of what
/// it is for, so that every piece of work draws its own numbers whatever the order of work.
/// </summary>
internal struct RandomNumbers
{
    private const ulong Golden = 0x9e3779b97f4a7c15;
    private ulong _state;

    /// <param name="purpose">Tells apart streams of one seed: initialisation, epoch order, a step's negatives, …</param>
    /// <param name="index">Tells apart streams of one purpose, for example the step.</param>
    public RandomNumbers(int seed, RandomPurpose purpose, long index = 0)
    {
        _state = Mix((uint)seed + Golden) ^ Mix(unchecked(((ulong)purpose << 48) + (ulong)index + 2 * Golden));
    }

    public ulong NextWord() => Mix(_state += Golden);

    /// <summary>Passes over what so many draws would take.</summary>
    public void Skip(int draws) => _state += (ulong)draws * Golden;

    /// <summary>Uniform in [0, bound).</summary>
    public int Next(int bound) => (int)Math.BigMul(NextWord(), (ulong)bound, out _);

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextWord() >> 11) * (1.0 / (1L << 53));

    /// <summary>Standard normal, by Box and Muller.</summary>
    public double NextNormal() =>
        Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>Fisher-Yates.</summary>
    public void Shuffle(Span<int> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}

/// <summary>What a <see cref="RandomNumbers"/> is for.</summary>
internal enum RandomPurpose
{
    Embeddings = 1,
    HoldOut,
    PointOrder,
    Negatives,
    Dropout,
    ProxyWeights,
    ProxyOrder,
    LabelIndex,
    LinearOrder,
    PartCentroids,
    SparseNegatives,
    FittedPoints,
    FeatureDropout,

    /// <summary>A bootstrap replicate's points.</summary>
    Resampling = 101,

    /// <summary>Which points swap the two methods of a paired test.</summary>
    SignFlips = 102,
}
