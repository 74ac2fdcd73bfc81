using LightDxml.Data;

namespace LightDxml.Training;

/// <summary>
/// The points of one training step and, for each, the label rows that take part: first its positives, then its negatives.
/// The object is filled anew for every step.
/// </summary>
/// <param name="features">The whole training set's features; <see cref="Points"/> are rows of it.</param>
/// <param name="capacity">Points a step at most.</param>
/// <param name="labelWeights">[labels] what the loss of a label's positives is multiplied by, or null where all weigh 1.</param>
internal sealed class MiniBatch(SparseMatrix features, int capacity, float[]? labelWeights = null)
{
    private const long MostAtFirst = 1 << 24;
    private readonly int[] _points = new int[capacity];
    private readonly int[] _slotOffsets = new int[capacity + 1];
    private readonly int[] _positiveCounts = new int[capacity];
    private int[] _slots = new int[Room(capacity)];
    private float[] _weights = labelWeights is null ? [] : new float[Room(capacity)];

    public SparseMatrix Features => features;

    /// <summary>The step's number, counted from 1 over the whole training; seeds dropout.</summary>
    public int Step { get; private set; }

    public int Count { get; private set; }

    /// <summary>[count] rows of <see cref="Features"/>.</summary>
    public ReadOnlySpan<int> Points => _points.AsSpan(0, Count);

    /// <summary>[count + 1] into <see cref="Slots"/>.</summary>
    public ReadOnlySpan<int> SlotOffsets => _slotOffsets.AsSpan(0, Count + 1);

    /// <summary>Label rows, point after point, positives first, distinct within a point.</summary>
    public ReadOnlySpan<int> Slots => _slots.AsSpan(0, _slotOffsets[Count]);

    /// <summary>[count] positives among a point's slots.</summary>
    public ReadOnlySpan<int> PositiveCounts => _positiveCounts.AsSpan(0, Count);

    /// <summary>Whether positives have weights of their own.</summary>
    public bool HasWeights => labelWeights is not null;

    /// <summary>[positives] what the loss of the positives of the batch's point i is multiplied by, or empty where all weigh 1.</summary>
    public ReadOnlySpan<float> PositiveWeights(int i) => labelWeights is null ? [] : _weights.AsSpan(_slotOffsets[i], _positiveCounts[i]);

    /// <summary>This step's slots before the processes of a group have exchanged them.</summary>
    public SharedSlots Shared { get; } = new();

    /// <summary>Slots of a step that follows, which processes exchange with what this one takes: they wait for each other once. Null where there are none.</summary>
    public SharedSlots? Beside { get; set; }

    /// <summary>Empties the batch for the next step.</summary>
    public void Begin(int step)
    {
        Step = step;
        Count = 0;
    }

    /// <summary>Adds a point with its slots.</summary>
    public void Add(int point, ReadOnlySpan<int> slots, int positiveCount)
    {
        var start = _slotOffsets[Count];
        var end = checked(start + slots.Length);
        if (end > _slots.Length)
            Array.Resize(ref _slots, (int)Math.Min(Array.MaxLength, Math.Max(end, _slots.Length * 2L)));
        slots.CopyTo(_slots.AsSpan(start));
        if (labelWeights is not null)
        {
            if (_weights.Length < _slots.Length)
                Array.Resize(ref _weights, _slots.Length);
            for (var j = 0; j < positiveCount; j++)
                _weights[start + j] = labelWeights[slots[j]];
        }

        _points[Count] = point;
        _positiveCounts[Count] = positiveCount;
        _slotOffsets[++Count] = end;
    }

    /// <summary>Slots to begin with; a batch of any size that has few labels per point needs no more than it fills.</summary>
    internal static int Room(int capacity) => (int)Math.Min(MostAtFirst, capacity * 64L);
}
