namespace LightDxml.Cli.Comparison;

/// <summary>
/// Ends this process when the one that started it is gone, however that ended: the standard input, whose other end it holds open, comes to its end.
/// </summary>
internal static class ParentWatch
{
    public static void Begin() => new Thread(Wait) { IsBackground = true, Name = nameof(ParentWatch) }.Start();

    private static void Wait()
    {
        using var input = Console.OpenStandardInput();
        Span<byte> byteRead = stackalloc byte[1];
        while (input.Read(byteRead) > 0)
        {
        }

        Environment.Exit(ExitCode.Terminated);
    }
}
