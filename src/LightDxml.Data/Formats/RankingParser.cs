using System.Runtime.InteropServices;
using LightDxml.Data.Parsing;

namespace LightDxml.Data.Formats;

/// <summary>Parses lines of <c>label:score</c> below a header; the pairs of a line keep their order.</summary>
internal sealed class RankingParser(string file, int rowCount, int labelCount) : LineParser<RowChunk>(file)
{
    private readonly List<int> _lengths = [];
    private readonly List<int> _labels = [];
    private readonly List<float> _scores = [];
    private int[] _sorted = new int[128];

    protected override void ParseLine(ReadOnlySpan<byte> line, long lineNumber)
    {
        if (!Header.Covers(rowCount, line, lineNumber, File, "documents"))
            return;
        var first = _labels.Count;
        var cursor = new LineCursor(line, File, lineNumber);
        while (cursor.SkipBlanks())
        {
            _labels.Add(cursor.ReadEntry("label", labelCount, out var score));
            _scores.Add(score);
        }

        _lengths.Add(_labels.Count - first);
        if (Twice(CollectionsMarshal.AsSpan(_labels)[first..]) is >= 0 and var label)
            throw cursor.Fault($"label {label} occurs twice, expected each label once per line");
    }

    protected override RowChunk TakeChunk()
    {
        var chunk = new RowChunk([.. _lengths], [.. _labels], [.. _scores], MaxColumn: -1);
        _lengths.Clear();
        _labels.Clear();
        _scores.Clear();
        return chunk;
    }

    private int Twice(ReadOnlySpan<int> labels)
    {
        if (labels.Length > _sorted.Length)
            _sorted = new int[2 * labels.Length];
        var sorted = _sorted.AsSpan(0, labels.Length);
        labels.CopyTo(sorted);
        sorted.Sort();
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] == sorted[i - 1])
                return sorted[i];
        }

        return -1;
    }
}
