namespace LightDxml.Baselines;

/// <summary>Keeps the best labels of a stream of candidates, of equal scores the lower label first.</summary>
internal ref struct TopLabels
{
    private readonly Span<int> _labels;
    private readonly Span<float> _scores;
    private int _count;

    /// <param name="labels">[top], overwritten.</param>
    /// <param name="scores">[top], overwritten.</param>
    public TopLabels(Span<int> labels, Span<float> scores)
    {
        labels.Fill(-1);
        scores.Fill(float.NegativeInfinity);
        _labels = labels;
        _scores = scores;
    }

    /// <summary>Labels kept so far.</summary>
    public readonly int Count => _count;

    /// <summary>Offers a label; by insertion, since most candidates fall at the first comparison.</summary>
    public void Offer(int label, float score)
    {
        var place = _count;
        if (place == _labels.Length)
        {
            if (!Precedes(score, label, place - 1))
                return;
            place--;
        }
        else
        {
            _count++;
        }

        for (; place > 0 && Precedes(score, label, place - 1); place--)
            (_labels[place], _scores[place]) = (_labels[place - 1], _scores[place - 1]);
        (_labels[place], _scores[place]) = (label, score);
    }

    private readonly bool Precedes(float score, int label, int place) =>
        score > _scores[place] || (score == _scores[place] && label < _labels[place]);
}
