namespace LightDxml.Cli.Comparison;

/// <summary>
/// Stops this process when the one that started it closes the standard input, or is gone, however that ended.
/// </summary>
internal static class ParentWatch
{
    /// <param name="stop">Is called once.</param>
    public static void Begin(Action stop) => new Thread(() => Wait(stop)) { IsBackground = true, Name = nameof(ParentWatch) }.Start();

    private static void Wait(Action stop)
    {
        using var input = Console.OpenStandardInput();
        Span<byte> byteRead = stackalloc byte[1];
        while (input.Read(byteRead) > 0)
        {
        }

        stop();
    }
}
