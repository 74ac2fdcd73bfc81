using System.CommandLine;

namespace LightDxml.Cli.Commands;

/// <summary>The tail weight of the commands that predict.</summary>
internal static class TailOption
{
    public static Option<double?> Create() => new("--tail")
    {
        Description = "Tail weight, 0 (precision) to 1 (rare labels first): scores are multiplied by (inverse propensity) to this power and are then no probabilities. Default: the model's own setting.",
        HelpName = "0..1",
    };
}
