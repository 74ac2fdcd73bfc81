using System.Diagnostics;
using LightDxml.Text.Vectors;

namespace LightDxml.Cli.Output;

/// <summary>Says now and then how many texts of a file have their vector, and how long the others will take.</summary>
internal sealed class EncodingDisplay(CommandContext context, string path) : IProgress<TextEncodingProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();

    public void Report(TextEncodingProgress value)
    {
        if (value.Left is not { } left || value.Done == value.Total || _sinceLast.Elapsed < Pause)
            return;
        _sinceLast.Restart();
        context.Messages.WriteLine($"{path}: text vectors of {value.Done:N0} of {Counted.Of(value.Total, "document")}, {(long)left.TotalMinutes}:{left.Seconds:D2} left");
    }
}
