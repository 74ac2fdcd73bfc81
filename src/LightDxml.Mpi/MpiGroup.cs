using System.Diagnostics;

namespace LightDxml.Mpi;

/// <summary>
/// The ranks that mpirun has started. MPI's own waits keep a processor busy until the last rank has come; here a rank asks, and sleeps if the others
/// are far, so that processors are free for those that work.
/// </summary>
internal sealed unsafe class MpiGroup : ProcessGroup, IDisposable
{
    /// <summary>A message's length is an int in MPI; longer ones are cut.</summary>
    private const long MostBytesOfMessage = 1 << 30;

    /// <summary>From so many bytes on, ranks wait for each other before they send: parts of a long message follow each other only while both sides ask.</summary>
    private const long LongMessage = 1 << 16;

    private static readonly TimeSpan AwakeTime = TimeSpan.FromMilliseconds(0.3);

    /// <summary>A long message is on its way for about this time; where the other side takes longer, it has no processor, and this one leaves it its own.</summary>
    private static readonly TimeSpan SendingTime = TimeSpan.FromMilliseconds(1);

    private const uint NapMicroseconds = 50;

    private readonly nint _world;
    private readonly nint _byte;
    private readonly long _mostBytesOfMessage;

    private MpiGroup(int rank, int size, long mostBytesOfMessage)
        : base(rank, size) => (_world, _byte, _mostBytesOfMessage) = (OpenMpi.World, OpenMpi.Byte, mostBytesOfMessage);

    /// <summary>Joins the ranks of mpirun. A process can do so once.</summary>
    /// <exception cref="LightDxmlException">The library serves no program of several threads.</exception>
    public static MpiGroup Join(long mostBytesOfMessage = MostBytesOfMessage)
    {
        Check(OpenMpi.Start(0, 0, OpenMpi.OneThreadAtATime, out var provided));
        if (provided < OpenMpi.OneThreadAtATime)
            throw new LightDxmlException("This build of Open MPI serves no program of several threads (MPI_THREAD_SERIALIZED); take one that does.");
        Check(OpenMpi.Rank(OpenMpi.World, out var rank));
        Check(OpenMpi.Size(OpenMpi.World, out var size));
        return new MpiGroup(rank, size, mostBytesOfMessage);
    }

    public override void Wait()
    {
        Check(OpenMpi.BeginBarrier(_world, out var request));
        Complete([request], sleeps: true);
    }

    public override void Abort(int exitCode) => Check(OpenMpi.Abort(_world, exitCode));

    public void Dispose()
    {
        Wait();
        Check(OpenMpi.Finish());
    }

    protected override void Gather(IReadOnlyList<(nint Values, long[] Bounds)> parts)
    {
        var isLong = parts.Sum(part => part.Bounds[^1] - part.Bounds[0]) >= LongMessage;
        if (isLong)
            Wait();
        var requests = new List<nint>();
        foreach (var (values, bounds) in parts)
        {
            for (var root = 0; root < Size; root++)
            {
                for (var start = bounds[root]; start < bounds[root + 1]; start += _mostBytesOfMessage)
                {
                    var count = (int)Math.Min(_mostBytesOfMessage, bounds[root + 1] - start);
                    Check(OpenMpi.BeginBroadcast((byte*)values + start, count, _byte, root, _world, out var request));
                    requests.Add(request);
                }
            }
        }

        Complete([.. requests], sleeps: !isLong);
    }

    /// <summary>Errors end the program within MPI; this is for those that do not.</summary>
    private static void Check(int code)
    {
        if (code != 0)
            throw new LightDxmlException($"Open MPI gave the error code {code}.");
    }

    private static void Complete(nint[] requests, bool sleeps)
    {
        var start = Stopwatch.GetTimestamp();
        fixed (nint* first = requests)
        {
            while (true)
            {
                Check(OpenMpi.AreDone(requests.Length, first, out var areDone, 0));
                if (areDone != 0)
                    return;
                var elapsed = Stopwatch.GetElapsedTime(start);
                if (sleeps && elapsed > AwakeTime)
                    Thread.Sleep(1);
                else if (elapsed > SendingTime)
                    _ = OpenMpi.Sleep(NapMicroseconds);
                else
                    Thread.Yield();
            }
        }
    }
}
