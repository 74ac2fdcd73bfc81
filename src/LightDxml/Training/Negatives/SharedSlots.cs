namespace LightDxml.Training;

/// <summary>
/// The slots of a step's points on their way between the processes of a group: each has chosen those of the points whose shortlists it has. Each point
/// has room for the most slots that it can have, so that all know where its slots are.
/// </summary>
internal sealed class SharedSlots
{
    private int[] _room = [];
    private int[] _starts = [];
    private int[] _bounds = [];
    private int[] _points = [];
    private int _step;

    /// <summary>Makes room for the points of a step.</summary>
    /// <param name="roomOf">The most slots of a point.</param>
    public void Begin(int step, ReadOnlySpan<int> points, Shortlists shortlists, Func<int, int> roomOf)
    {
        (_step, _points, _starts) = (step, points.ToArray(), new int[points.Length]);
        var owners = Array.ConvertAll(_points, shortlists.OwnerOf);
        _bounds = new int[shortlists.Parts.Length];
        var next = 0;
        for (var process = 0; process + 1 < _bounds.Length; process++)
        {
            for (var i = 0; i < points.Length; i++)
            {
                if (owners[i] != process)
                    continue;
                _starts[i] = next;
                next += 1 + roomOf(points[i]);
            }

            _bounds[process + 1] = next;
        }

        if (_room.Length < next)
            _room = new int[next + next / 4];
    }

    /// <summary>Takes the slots of the step's point i, which is this process's.</summary>
    public void Set(int i, ReadOnlySpan<int> slots)
    {
        _room[_starts[i]] = slots.Length;
        slots.CopyTo(_room.AsSpan(_starts[i] + 1));
    }

    public void AddTo(Exchange exchange) => exchange.Add(_room, 1, _bounds);

    /// <summary>Fills the batch, when the slots of all processes are there.</summary>
    /// <param name="positivesOf">How many of a point's slots are positives.</param>
    public void Fill(MiniBatch batch, Func<int, int> positivesOf)
    {
        batch.Begin(_step);
        for (var i = 0; i < _points.Length; i++)
            batch.Add(_points[i], _room.AsSpan(_starts[i] + 1, _room[_starts[i]]), positivesOf(_points[i]));
    }
}
