using System.Text;

namespace LightDxml.Cli.Output;

/// <summary>
/// Messages to a writer that may fail (a full disk, a closed stream). What cannot be written is dropped: reporting the work
/// never ends the work.
/// </summary>
/// <param name="inner">Not owned.</param>
internal sealed class UnfailingWriter(TextWriter inner) : TextWriter
{
    /// <summary>Makes the process's stderr one that never fails.</summary>
    public static void TakeError()
    {
        try
        {
            Console.SetError(new UnfailingWriter(Console.Error));
        }
        catch (IOException)
        {
            Console.SetError(Null); // it is closed
        }
    }

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override void Flush() => Try(inner.Flush);

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // There is no other place to say it.
        }
    }
}
