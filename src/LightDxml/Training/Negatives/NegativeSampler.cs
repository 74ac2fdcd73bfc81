using LightDxml.Data;

namespace LightDxml.Training;

/// <summary>
/// Chooses the labels that each point of a step is trained on: its positives, hard negatives from its shortlist, and
/// uniform negatives that the whole batch shares. What it draws depends on the seed and the step alone.
/// </summary>
internal sealed class NegativeSampler(Dataset train, TrainingPlan plan, int seed)
{
    private readonly int[] _seenBy = new int[train.LabelCount];
    private int[] _slots = new int[1024];
    private int[] _positives = [];
    private int _stamp;

    /// <summary>Fills the batch with the points of a step; where other processes have some of their shortlists, its shared slots with those of this one's points.</summary>
    /// <param name="shortlists">The training points' shortlists, or null before the first refresh.</param>
    /// <param name="reach">Share of a shortlist, from its nearest label on, that hard negatives are drawn from.</param>
    public void Fill(MiniBatch batch, int step, ReadOnlySpan<int> points, Shortlists? shortlists, double reach = 1)
    {
        batch.Begin(step);
        var random = new RandomNumbers(seed, RandomPurpose.Negatives, step);
        var uniform = shortlists is null ? plan.UniformNegatives + plan.HardNegatives : plan.UniformNegatives;
        Span<int> shared = plan.AllLabels ? [] : new int[Math.Min(uniform, train.LabelCount)];
        for (var i = 0; i < shared.Length; i++)
            shared[i] = random.Next(train.LabelCount);
        if (shortlists is not { AreShared: true })
        {
            foreach (var point in points)
            {
                var slots = Choose(point, shortlists is null ? [] : Nearest(shortlists.Of(point), reach), shared, ref random);
                batch.Add(point, slots, PositivesOf(point));
            }

            return;
        }

        var most = plan.HardNegatives + shared.Length;
        batch.Shared.Begin(step, points, shortlists, point => PositivesOf(point) + most);
        for (var i = 0; i < points.Length; i++)
        {
            if (shortlists.OwnerOf(points[i]) == shortlists.Rank)
                batch.Shared.Set(i, Choose(points[i], Nearest(shortlists.Of(points[i]), reach), shared, ref random));
            else
                random.Skip(Draws(points[i], Nearest(shortlists.Width, reach)));
        }
    }

    /// <summary>Fills the batch with the slots that other processes have chosen, too, when they are exchanged.</summary>
    public void Complete(MiniBatch batch) => batch.Shared.Fill(batch, PositivesOf);

    private int PositivesOf(int point) => Math.Min(plan.MaxPositives, train.Labels.RowLength(point));

    /// <summary>Random numbers that a point's choice takes.</summary>
    private int Draws(int point, int nearest) =>
        (train.Labels.RowLength(point) > plan.MaxPositives ? plan.MaxPositives : 0) + (plan.HardNegatives < nearest ? plan.HardNegatives : 0);

    private ReadOnlySpan<int> Choose(int point, ReadOnlySpan<int> shortlist, ReadOnlySpan<int> shared, ref RandomNumbers random)
    {
        _stamp++;
        var positives = train.Labels.RowColumns(point);
        foreach (var label in positives)
            _seenBy[label] = _stamp;
        EnsureRoom(positives.Length + (plan.AllLabels ? train.LabelCount : plan.HardNegatives + shared.Length));
        var count = ChoosePositives(positives, ref random);
        if (plan.AllLabels)
        {
            for (var label = 0; label < train.LabelCount; label++)
            {
                if (_seenBy[label] != _stamp)
                    _slots[count++] = label;
            }
        }
        else
        {
            count = AddHard(shortlist, count, ref random);
            foreach (var label in shared)
                AddOnce(label, ref count);
        }

        return _slots.AsSpan(0, count);
    }

    /// <summary>The first labels of a shortlist, as many as a step takes at least.</summary>
    private ReadOnlySpan<int> Nearest(ReadOnlySpan<int> shortlist, double reach) => shortlist[..Nearest(shortlist.Length, reach)];

    private int Nearest(int width, double reach) => Math.Min(width, Math.Max(plan.HardNegatives, (int)(reach * width)));

    /// <summary>All positives, or a random choice of the most that a step takes.</summary>
    private int ChoosePositives(ReadOnlySpan<int> positives, ref RandomNumbers random)
    {
        if (positives.Length <= plan.MaxPositives)
        {
            positives.CopyTo(_slots);
            return positives.Length;
        }

        if (_positives.Length < positives.Length)
            _positives = new int[positives.Length];
        positives.CopyTo(_positives);
        for (var i = 0; i < plan.MaxPositives; i++)
        {
            var j = i + random.Next(positives.Length - i);
            (_positives[i], _positives[j]) = (_positives[j], _positives[i]);
            _slots[i] = _positives[i];
        }

        return plan.MaxPositives;
    }

    /// <summary>
    /// The whole shortlist, or every label of it with the probability that gives the wanted number on average: the first
    /// labels, which are the hardest, are as likely as the last, so that each keeps being seen.
    /// </summary>
    private int AddHard(ReadOnlySpan<int> shortlist, int count, ref RandomNumbers random)
    {
        if (plan.HardNegatives >= shortlist.Length)
        {
            foreach (var label in shortlist)
            {
                if (label >= 0)
                    AddOnce(label, ref count);
            }

            return count;
        }

        // Systematic sampling: one label out of each of HardNegatives equal stretches of the shortlist.
        var stretch = shortlist.Length / (double)plan.HardNegatives;
        for (var i = 0; i < plan.HardNegatives; i++)
        {
            var label = shortlist[Place(i, random.NextDouble(), stretch, shortlist.Length)];
            if (label >= 0)
                AddOnce(label, ref count);
        }

        return count;
    }

    /// <summary>The place in stretch i at the share <paramref name="draw"/> of it. A draw just below 1 rounds up to 1 where i is large: at the last stretch that is the shortlist's end.</summary>
    internal static int Place(int i, double draw, double stretch, int length) => Math.Min((int)((i + draw) * stretch), length - 1);

    private void AddOnce(int label, ref int count)
    {
        if (_seenBy[label] == _stamp)
            return;
        _seenBy[label] = _stamp;
        _slots[count++] = label;
    }

    private void EnsureRoom(int slots)
    {
        if (_slots.Length < slots)
            _slots = new int[slots * 2];
    }
}
