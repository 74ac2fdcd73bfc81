namespace LightDxml.Cli;

/// <summary>What a command works with: results go to <paramref name="Output"/>, progress and messages to <paramref name="Messages"/>.</summary>
internal sealed record CommandContext(TextWriter Output, TextWriter Messages, CancellationToken Stop)
{
    /// <summary>Is held while something is saved that a stop must wait for.</summary>
    public Lock Saving { get; init; } = new();
}
