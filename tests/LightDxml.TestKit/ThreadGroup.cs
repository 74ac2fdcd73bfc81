using System.Runtime.ExceptionServices;

namespace LightDxml.TestKit;

/// <summary>A group whose processes are threads of this one: what ranks of MPI do, without MPI.</summary>
internal sealed unsafe class ThreadGroup : ProcessGroup
{
    private readonly Meeting _meeting;

    private ThreadGroup(int rank, Meeting meeting)
        : base(rank, meeting.Parts.Length) => _meeting = meeting;

    /// <summary>Runs the work in every process of a group.</summary>
    /// <returns>What each gives, in the order of their ranks.</returns>
    public static T[] Run<T>(int size, Func<ProcessGroup, T> work)
    {
        using var meeting = new Meeting(size);
        var results = new T[size];
        var faults = new Exception?[size];
        Thread[] threads =
        [
            .. Enumerable.Range(0, size).Select(rank => new Thread(() =>
            {
                try
                {
                    results[rank] = work(new ThreadGroup(rank, meeting));
                }
                catch (Exception fault)
                {
                    faults[rank] = fault;
                    meeting.Broken.Cancel();
                }
            })),
        ];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        // One fails, and the others end with it.
        var first = faults.FirstOrDefault(fault => fault is not null and not OperationCanceledException) ?? faults.FirstOrDefault(fault => fault is not null);
        if (first is not null)
            ExceptionDispatchInfo.Throw(first);
        return results;
    }

    public override void Wait() => _meeting.Barrier.SignalAndWait(_meeting.Broken.Token);

    public override void Abort(int exitCode) => _meeting.Broken.Cancel();

    protected override void Gather(IReadOnlyList<(nint Values, long[] Bounds)> parts)
    {
        _meeting.Parts[Rank] = parts;
        Wait();
        for (var i = 0; i < parts.Count; i++)
        {
            for (var other = 0; other < Size; other++)
            {
                var (values, bounds) = _meeting.Parts[other]![i];
                if (!bounds.SequenceEqual(parts[i].Bounds))
                    throw new InvalidOperationException($"Ranks {Rank} and {other} exchange different things.");
                var length = bounds[other + 1] - bounds[other];
                if (other != Rank)
                    Buffer.MemoryCopy((byte*)values + bounds[other], (byte*)parts[i].Values + bounds[other], length, length);
            }
        }

        Wait();
    }

    private sealed class Meeting(int size) : IDisposable
    {
        public IReadOnlyList<(nint Values, long[] Bounds)>?[] Parts { get; } = new IReadOnlyList<(nint Values, long[] Bounds)>?[size];

        public Barrier Barrier { get; } = new(size);

        public CancellationTokenSource Broken { get; } = new();

        public void Dispose()
        {
            Barrier.Dispose();
            Broken.Dispose();
        }
    }
}
