using System.CommandLine;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml data</c>: commands about data files.</summary>
internal sealed class DataCommand : Command, IHasExamples
{
    public DataCommand(CommandContext context)
        : base("data", "Look at data files, check and convert them.")
    {
        var info = new DataInfoCommand(context);
        var check = new DataCheckCommand(context);
        var convert = new DataConvertCommand(context);
        Add(info);
        Add(check);
        Add(convert);
        Examples = [info.Examples[0], check.Examples[0], convert.Examples[0]];
    }

    public IReadOnlyList<string> Examples { get; }
}
