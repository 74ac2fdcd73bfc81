using System.Numerics;

namespace LightDxml.Data;

/// <summary>Keeps the best rows of a stream of candidates that come in any order, best first, of equal scores the lower row first.</summary>
internal ref struct BestRows<TScore>
    where TScore : struct, IFloatingPointIeee754<TScore>
{
    private readonly Span<int> _rows;
    private readonly Span<TScore> _scores;
    private int _count;

    /// <param name="rows">[top], overwritten; −1 where there are no more.</param>
    /// <param name="scores">[top], overwritten; −∞ where there are no more.</param>
    public BestRows(Span<int> rows, Span<TScore> scores)
    {
        rows.Fill(-1);
        scores.Fill(TScore.NegativeInfinity);
        _rows = rows;
        _scores = scores;
    }

    /// <summary>Rows kept so far.</summary>
    public readonly int Count => _count;

    /// <summary>Offers a row with its score, which is not NaN; by insertion, since most candidates fall at the first comparison.</summary>
    public void Offer(int row, TScore score)
    {
        var place = _count;
        if (place == _rows.Length)
        {
            if (place == 0 || !Precedes(score, row, place - 1))
                return;
            place--;
        }
        else
        {
            _count++;
        }

        for (; place > 0 && Precedes(score, row, place - 1); place--)
            (_rows[place], _scores[place]) = (_rows[place - 1], _scores[place - 1]);
        (_rows[place], _scores[place]) = (row, score);
    }

    private readonly bool Precedes(TScore score, int row, int place) =>
        score > _scores[place] || (score == _scores[place] && row < _rows[place]);
}
