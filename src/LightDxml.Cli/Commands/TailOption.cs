using System.CommandLine;
using LightDxml.Models;

namespace LightDxml.Cli.Commands;

/// <summary>The head-to-tail dial of the commands that predict.</summary>
internal static class TailOption
{
    public static Option<double?> Create() => new("--tail")
    {
        Description = "Head-to-tail dial, 0 (precision) to 1 (rare labels first); without it the model's own setting.",
        HelpName = "0..1",
    };

    /// <summary>The model with its dial turned, where it was asked for.</summary>
    /// <exception cref="LightDxmlException">The dial is out of its range.</exception>
    public static Model Turn(Model model, double? tail)
    {
        if (tail is not { } value)
            return model;
        var prediction = model.Options.Prediction with { Tail = value };
        return model with { Options = model.Options with { Prediction = prediction.Validate() } };
    }
}
