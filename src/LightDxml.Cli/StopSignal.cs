using System.Runtime.InteropServices;

namespace LightDxml.Cli;

/// <summary>
/// Turns Ctrl-C and SIGTERM into a cancellation: work stops at its next check and leaves nothing half-written. Work that
/// does not come to a check within the grace period is ended there (every output is written under a temporary name), and
/// a second signal ends the process at once. A checkpoint that is being written is waited for.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private readonly bool _listens;
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private int _signals;
    private int _stops;

    /// <summary>Is held while something is saved that is waited for.</summary>
    public Lock Saving { get; } = new();

    /// <param name="listens">Whether to stop; else signals are passed over.</param>
    public StopSignal(bool listens = true)
    {
        _listens = listens;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, LightDxml.Cli.ExitCode.Interrupted));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, LightDxml.Cli.ExitCode.Terminated));
    }

    public CancellationToken Token => _source.Token;

    /// <summary>What the process returns when it was stopped.</summary>
    public int ExitCode { get; private set; } = LightDxml.Cli.ExitCode.Interrupted;

    /// <summary>Stops as SIGTERM does.</summary>
    public void Terminate() => Stop(LightDxml.Cli.ExitCode.Terminated);

    public void Dispose()
    {
        _stops = 1;
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context, int exitCode)
    {
        if (_listens && Interlocked.Increment(ref _signals) > 1)
            return;
        context.Cancel = true;
        if (_listens)
            Stop(exitCode);
    }

    // A signal and the word of another process may come together.
    private void Stop(int exitCode)
    {
        if (Interlocked.Exchange(ref _stops, 1) != 0)
            return;
        ExitCode = exitCode;
        _source.Cancel();
        new Thread(() => EndAfterGrace(exitCode)) { IsBackground = true }.Start();
    }

    private void EndAfterGrace(int exitCode)
    {
        Thread.Sleep(Grace);
        Saving.Enter(); // for good
        if (!Console.IsErrorRedirected)
            Console.Error.Write("\e[?25h"); // a progress bar may have hidden the cursor
        Environment.Exit(exitCode);
    }
}
