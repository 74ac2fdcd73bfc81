using System.CommandLine;

namespace LightDxml.Cli.Commands;

/// <summary>The head-to-tail dial of the commands that predict.</summary>
internal static class TailOption
{
    public static Option<double?> Create() => new("--tail")
    {
        Description = "Head-to-tail dial, 0 (precision) to 1 (rare labels first); without it the model's own setting.",
        HelpName = "0..1",
    };
}
