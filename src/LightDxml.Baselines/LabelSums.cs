using LightDxml.Data;

namespace LightDxml.Baselines;

/// <summary>Sums scores by label over a few of many labels; emptied in the time of the labels that were touched.</summary>
internal sealed class LabelSums(int labelCount)
{
    private readonly float[] _sums = new float[labelCount];
    private readonly bool[] _seen = new bool[labelCount];
    private readonly int[] _touched = new int[labelCount];
    private int _count;

    public void Add(int label, float score)
    {
        Touch(label);
        _sums[label] += score;
    }

    /// <summary>The greater of what the label has and <paramref name="score"/>, instead of the sum.</summary>
    public void Raise(int label, float score)
    {
        var isNew = Touch(label);
        _sums[label] = isNew ? score : Math.Max(_sums[label], score);
    }

    /// <summary>Adds all to other sums, and starts again at 0.</summary>
    public void MoveTo(LabelSums other)
    {
        foreach (var label in _touched.AsSpan(0, _count))
        {
            other.Add(label, _sums[label]);
            _sums[label] = 0;
            _seen[label] = false;
        }

        _count = 0;
    }

    /// <summary>Fills a ranking with the best labels, their sums scaled, and starts again at 0.</summary>
    public void TakeTop(float scale, Span<int> labels, Span<float> scores)
    {
        var top = new BestRows<float>(labels, scores);
        foreach (var label in _touched.AsSpan(0, _count))
        {
            top.Offer(label, _sums[label] * scale);
            _sums[label] = 0;
            _seen[label] = false;
        }

        _count = 0;
    }

    private bool Touch(int label)
    {
        if (_seen[label])
            return false;
        _seen[label] = true;
        _touched[_count++] = label;
        return true;
    }
}
