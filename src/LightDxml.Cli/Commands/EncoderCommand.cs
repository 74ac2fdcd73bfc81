using System.CommandLine;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml encoder</c>: commands about text encoders.</summary>
internal sealed class EncoderCommand : Command, IHasExamples
{
    public EncoderCommand(CommandContext context)
        : base("encoder", "Train text encoders.")
    {
        var train = new EncoderTrainCommand(context);
        Add(train);
        Examples = train.Examples;
    }

    public IReadOnlyList<string> Examples { get; }
}
