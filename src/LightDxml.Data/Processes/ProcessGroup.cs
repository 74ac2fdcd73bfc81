namespace LightDxml;

/// <summary>
/// Processes that compute one result together, such as the ranks of an MPI program. Each runs the same program on the same data, works on its part,
/// and gets the parts of all others. So all of them must come to the same exchanges in the same order; one thread at a time exchanges.
/// </summary>
internal abstract unsafe class ProcessGroup(int rank, int size)
{
    /// <summary>A process by itself: it has all parts.</summary>
    public static ProcessGroup Alone { get; } = new SingleProcess();

    /// <summary>This process's number, from 0.</summary>
    public int Rank => rank;

    public int Size => size;

    /// <summary>Whether this is the process that says, decides and writes what only one of them may.</summary>
    public bool IsFirst => rank == 0;

    /// <summary>What the group has exchanged so far.</summary>
    public ExchangeVolumes Volumes { get; } = new();

    /// <summary>Gives every process the rows of all: process r has filled the rows [bounds[r], bounds[r + 1]).</summary>
    /// <param name="values">[rows × width], the same length in every process.</param>
    /// <param name="bounds">[size + 1] rows, the same in every process.</param>
    /// <param name="what">What the volume is counted as.</param>
    public void Gather<T>(Span<T> values, int width, ReadOnlySpan<int> bounds, string what)
        where T : unmanaged
    {
        if (size == 1)
            return;
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)bounds[^1] * width, values.Length, nameof(bounds));
        var bytes = new long[size + 1];
        for (var process = 0; process <= size; process++)
            bytes[process] = (long)bounds[process] * width * sizeof(T);
        fixed (T* start = values)
            Gather([((nint)start, bytes)], what);
    }

    /// <param name="parts">Pinned memory, and for each process the first byte of its part.</param>
    internal void Gather(IReadOnlyList<(nint Values, long[] Bounds)> parts, string what)
    {
        Volumes.Add(what, parts.Sum(part => (part.Bounds[^1] - part.Bounds[0]) * (size - 1)));
        Gather(parts);
    }

    /// <summary>Gives every process the first one's values.</summary>
    /// <param name="values">The same length in every process.</param>
    /// <inheritdoc cref="Gather{T}"/>
    public void Broadcast<T>(Span<T> values, string what)
        where T : unmanaged
    {
        var bounds = new int[size + 1];
        bounds.AsSpan(1).Fill(values.Length);
        Gather(values, 1, bounds, what);
    }

    /// <summary>What the first process decides; the others do not look.</summary>
    public bool Decide(Func<bool> decision)
    {
        Span<byte> answer = [IsFirst && decision() ? (byte)1 : (byte)0];
        Broadcast(answer, "decisions");
        return answer[0] != 0;
    }

    /// <summary>Waits until all have come so far.</summary>
    public abstract void Wait();

    /// <summary>Ends all processes at once: one of them cannot go on, and the others would wait for it for ever.</summary>
    public abstract void Abort(int exitCode);

    /// <summary>Several arrays at once.</summary>
    /// <param name="parts">Pinned memory, and for each process the first byte of its part.</param>
    protected abstract void Gather(IReadOnlyList<(nint Values, long[] Bounds)> parts);

    private sealed class SingleProcess() : ProcessGroup(0, 1)
    {
        public override void Wait()
        {
        }

        public override void Abort(int exitCode) => Environment.Exit(exitCode);

        protected override void Gather(IReadOnlyList<(nint Values, long[] Bounds)> parts)
        {
        }
    }
}
