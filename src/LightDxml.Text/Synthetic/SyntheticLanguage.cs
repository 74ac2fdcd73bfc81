namespace LightDxml.Text.Synthetic;

/// <summary>
/// Which labels share a topic, how frequent each is, and which words topics, labels and mere background use. Memory is a few numbers
/// a label and a word; the words of a topic or label are hashed from its number.
/// </summary>
internal sealed class SyntheticLanguage
{
    private const int TopicWords = 40;
    private const int LabelWords = 8;
    private const int SecondTopicPercent = 30;

    // Shifts flatten the head: with 2,000 labels the most frequent is on 6 % of the points, and half the labels on at most 0.1 %.
    private const double LabelShift = 3;
    private const double WordShift = 4;
    private const double OwnWordShift = 3;

    private readonly ulong _seed;
    private readonly SyntheticOptions _options;
    private readonly int _topics;
    private readonly int _labelTosses;
    private readonly SyntheticPowerLaw _labelLaw;
    private readonly SyntheticPowerLaw _backgroundLaw;
    private readonly SyntheticPowerLaw _ownWordLaw;
    private readonly int[] _wordOfRank;

    public SyntheticLanguage(SyntheticOptions options)
    {
        _options = options;
        _seed = SyntheticRandom.Hash((ulong)options.Seed, 0, 0);
        _topics = Math.Max(1, (options.Labels + options.LabelsPerTopic - 1) / options.LabelsPerTopic);
        // Heads are half the tosses, and missing labels are made up for.
        _labelTosses = (int)Math.Round(2 * (options.LabelsPerPoint / (1 - options.MissingLabels) - 1));
        var random = new SyntheticRandom(_seed);
        _labelLaw = new SyntheticPowerLaw(Permutation(options.Labels, ref random), LabelShift);
        _wordOfRank = Permutation(options.Features, ref random);
        _backgroundLaw = new SyntheticPowerLaw(Identity(options.Features), WordShift);
        _ownWordLaw = new SyntheticPowerLaw(Identity(Math.Max(TopicWords, LabelWords)), OwnWordShift);
    }

    /// <summary>Draws one point.</summary>
    /// <param name="stream">Tells apart the parts of a set.</param>
    /// <param name="labels">Overwritten with the labels, ascending.</param>
    /// <param name="words">Overwritten with the words as drawn: unsorted, with repetitions.</param>
    public void Draw(ulong stream, int point, List<int> labels, List<int> words)
    {
        var random = new SyntheticRandom(SyntheticRandom.Hash((ulong)_options.Seed, stream, (ulong)point));
        DrawLabels(ref random, labels);
        DrawWords(ref random, labels, words);
        RemoveMissing(ref random, labels);
        labels.Sort();
    }

    public string LabelName(int label) => SyntheticWords.LabelName(label, TopicOf(label));

    /// <summary>Writes the labels that a point speaks of, distinct, in the order drawn; all lie in one topic or in two.</summary>
    private void DrawLabels(ref SyntheticRandom random, List<int> labels)
    {
        labels.Clear();
        var count = 1 + random.CoinHeads(_labelTosses);
        var topic = TopicOf(_labelLaw.Draw(random.NextDouble(), 0, _options.Labels));
        var secondFrom = count > 1 && random.Next(100) < SecondTopicPercent ? count - Math.Max(1, count / 3) : count;
        for (var i = 0; i < count; i++)
        {
            if (i == secondFrom)
                topic = TopicOf(_labelLaw.Draw(random.NextDouble(), 0, _options.Labels));
            var (first, end) = LabelsOf(topic);
            // Where the topic's frequent labels are taken, its rare ones get their turn; a topic used up leaves the point a label fewer.
            for (var attempt = 0; attempt < 16; attempt++)
            {
                var label = attempt < 4 ? _labelLaw.Draw(random.NextDouble(), first, end) : first + random.Next(end - first);
                if (labels.Contains(label))
                    continue;
                labels.Add(label);
                break;
            }
        }
    }

    /// <summary>Writes the words of a point on <paramref name="labels"/>, as drawn: unsorted, with repetitions.</summary>
    private void DrawWords(ref SyntheticRandom random, List<int> labels, List<int> words)
    {
        words.Clear();
        // From half to one and a half times the mean.
        var count = Math.Max(1, (_options.WordsPerPoint + 1) / 2 + random.Next(_options.WordsPerPoint));
        for (var i = 0; i < count; i++)
        {
            if (random.NextDouble() < _options.Noise)
            {
                words.Add(_wordOfRank[_backgroundLaw.Draw(random.NextDouble(), 0, _wordOfRank.Length)]);
                continue;
            }

            var label = labels[random.Next(labels.Count)];
            words.Add(random.Next(2) == 0
                ? OwnWord(kind: 1, TopicOf(label), TopicWords, ref random)
                : OwnWord(kind: 2, label, LabelWords, ref random));
        }
    }

    /// <summary>Drops labels as annotators overlook them, but always leaves one.</summary>
    private void RemoveMissing(ref SyntheticRandom random, List<int> labels)
    {
        for (var i = labels.Count - 1; i >= 0; i--)
            if (random.NextDouble() < _options.MissingLabels && labels.Count > 1)
                labels.RemoveAt(i);
    }

    private int TopicOf(int label) => (int)((long)label * _topics / _options.Labels);

    /// <summary>The labels first .. end − 1 of a topic: those that <see cref="TopicOf"/> sends to it.</summary>
    private (int First, int End) LabelsOf(int topic) => (FirstLabel(topic), FirstLabel(topic + 1));

    private int FirstLabel(int topic) => (int)(((long)topic * _options.Labels + _topics - 1) / _topics);

    /// <summary>One of the words of a topic or label; squaring the hash's share prefers frequent words, as real vocabularies do.</summary>
    private int OwnWord(ulong kind, int owner, int wordCount, ref SyntheticRandom random)
    {
        var place = _ownWordLaw.Draw(random.NextDouble(), 0, wordCount);
        var share = SyntheticRandom.Unit(SyntheticRandom.Hash(_seed, kind, ((ulong)owner << 8) + (ulong)place));
        return _wordOfRank[(int)(share * share * _wordOfRank.Length)];
    }

    private static int[] Identity(int count)
    {
        var items = new int[count];
        for (var i = 0; i < count; i++)
            items[i] = i;
        return items;
    }

    private static int[] Permutation(int count, ref SyntheticRandom random)
    {
        var items = Identity(count);
        for (var i = count - 1; i > 0; i--)
        {
            var other = random.Next(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }

        return items;
    }
}
