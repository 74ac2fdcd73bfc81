using System.Diagnostics;

namespace LightDxml.TestKit;

/// <summary>The same group, one of whose processes is killed when it comes to the first exchange of a kind.</summary>
internal sealed class DyingGroup(ProcessGroup processes, int dying, string what) : ProcessGroup(processes.Rank, processes.Size)
{
    public override void Wait() => processes.Wait();

    public override void Abort(int exitCode) => processes.Abort(exitCode);

    protected override void Gather(IReadOnlyList<(nint Values, long[] Bounds)> parts)
    {
        if (Rank == dying && Volumes.ByKind.Any(kind => kind.What == what))
            Process.GetCurrentProcess().Kill();
        processes.Gather(parts, what);
    }
}
