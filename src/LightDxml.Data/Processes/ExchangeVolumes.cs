namespace LightDxml;

/// <summary>How many bytes the processes of a group have received from each other, all of them together.</summary>
internal sealed class ExchangeVolumes
{
    private readonly Dictionary<string, long> _bytes = [];

    public long Total => _bytes.Values.Sum();

    /// <summary>What was exchanged, largest first.</summary>
    public IEnumerable<(string What, long Bytes)> ByKind => _bytes.Select(kind => (kind.Key, kind.Value)).OrderByDescending(kind => kind.Value);

    public void Add(string what, long bytes) => _bytes[what] = _bytes.GetValueOrDefault(what) + bytes;
}
