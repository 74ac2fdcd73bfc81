using LightDxml.Data;

namespace LightDxml.Baselines.InstanceTrees;

/// <summary>
/// Divides points in two sides so that each side has one ranking of labels that suits its points: in turn, the best
/// ranking of each side by nDCG, and each point to the side whose ranking suits it better (FastXML, section 4). PfastreXML's
/// program takes DCG, by which points of many labels count more. Serves one thread.
/// </summary>
/// <param name="labels">[points, labels].</param>
/// <param name="gains">[labels], what a label counts.</param>
/// <param name="byIdeal">Whether a point's DCG is divided by that of its ideal ranking.</param>
internal sealed class RankingSplit(SparseMatrix labels, float[] gains, bool byIdeal = true)
{
    private const double Tolerance = 1e-6;
    private readonly float[] _plus = new float[labels.ColumnCount];
    private readonly float[] _minus = new float[labels.ColumnCount];
    private readonly List<int> _present = [];

    /// <param name="points">Rows of the label matrix.</param>
    /// <param name="signs">[points], overwritten with 1 or −1.</param>
    /// <returns>Whether both sides have points.</returns>
    public bool Divide(ReadOnlySpan<int> points, Span<sbyte> signs, RandomNumbers random)
    {
        var scales = new float[points.Length];
        FindPresent(points, scales);
        foreach (ref var sign in signs)
            sign = (sbyte)(random.Next(2) == 0 ? 1 : -1);
        var last = double.NegativeInfinity;
        while (true)
        {
            Rank(points, signs, scales);
            var sum = 0.0;
            for (var i = 0; i < points.Length; i++)
            {
                float plus = 0, minus = 0;
                foreach (var label in labels.RowColumns(points[i]))
                {
                    plus += gains[label] * _plus[label];
                    minus += gains[label] * _minus[label];
                }

                signs[i] = plus > minus ? (sbyte)1 : plus < minus ? (sbyte)-1 : signs[i];
                sum += Math.Max(plus, minus) * scales[i];
            }

            var mean = sum / points.Length;
            if (mean - last < Tolerance)
                break;
            last = mean;
        }

        return signs.Contains((sbyte)1) && signs.Contains((sbyte)-1);
    }

    /// <summary>The labels of the points, ascending, and of each point what its DCG is multiplied by.</summary>
    private void FindPresent(ReadOnlySpan<int> points, float[] scales)
    {
        foreach (var label in _present)
            _plus[label] = 0;
        _present.Clear();
        for (var i = 0; i < points.Length; i++)
        {
            var own = labels.RowColumns(points[i]);
            var ideal = 0f;
            for (var rank = 0; rank < own.Length; rank++)
            {
                ideal += Discount(rank);
                if (_plus[own[rank]] != 0)
                    continue;
                _plus[own[rank]] = 1;
                _present.Add(own[rank]);
            }

            scales[i] = ideal > 0 ? byIdeal ? 1 / ideal : 1 : 0;
        }

        _present.Sort();
    }

    /// <summary>Leaves in _plus and _minus each label's discount in the best ranking of the side.</summary>
    private void Rank(ReadOnlySpan<int> points, ReadOnlySpan<sbyte> signs, float[] scales)
    {
        foreach (var label in _present)
            (_plus[label], _minus[label]) = (0, 0);
        for (var i = 0; i < points.Length; i++)
        {
            var side = signs[i] > 0 ? _plus : _minus;
            foreach (var label in labels.RowColumns(points[i]))
                side[label] += gains[label] * scales[i];
        }

        ToDiscounts(_plus);
        ToDiscounts(_minus);
    }

    private void ToDiscounts(float[] sums)
    {
        var order = _present.ToArray();
        var keys = Array.ConvertAll(order, label => -sums[label]);
        // Stable by construction: of equal sums the lower label first.
        Array.Sort(keys, order, 0, order.Length);
        OrderTies(keys, order);
        for (var rank = 0; rank < order.Length; rank++)
            sums[order[rank]] = Discount(rank);
    }

    private static void OrderTies(float[] keys, int[] order)
    {
        for (var first = 0; first < keys.Length;)
        {
            var end = first + 1;
            while (end < keys.Length && keys[end] == keys[first])
                end++;
            Array.Sort(order, first, end - first);
            first = end;
        }
    }

    private static float Discount(int rank) => 1 / MathF.Log2(rank + 2);
}
