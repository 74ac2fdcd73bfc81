using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using LightDxml.Cli.Commands;

namespace LightDxml.Cli;

/// <summary>The usual help, and below it the command's examples.</summary>
internal sealed class ExamplesHelpAction(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var result = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in Examples(parseResult.CommandResult.Command))
            output.WriteLine($"  {example}");
        output.WriteLine();
        return result;
    }

    private static IEnumerable<string> Examples(Command command) =>
        command is IHasExamples own ? own.Examples : command.Subcommands.OfType<IHasExamples>().Select(inner => inner.Examples[0]);
}
