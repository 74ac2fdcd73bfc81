using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text.RegularExpressions;
using LightDxml.Cli.Commands;
using LightDxml.Cli.Output;

namespace LightDxml.Cli;

/// <summary>The <c>lightdxml</c> command line: parses, runs one command, and turns what happens into an exit code.</summary>
internal static partial class CommandLine
{
    private const string Name = "lightdxml";

    // An argument that begins with @ is text like any other, not a file of further arguments.
    private static readonly ParserConfiguration Grammar = new() { ResponseFileTokenReplacer = null };

    public static int Run(string[] args)
    {
        Providers.Register();
        UnfailingWriter.TakeError();
        return Ranks.Run(processes => Run(args, processes));
    }

    private static (int ExitCode, string? Fault) Run(string[] args, ProcessGroup processes)
    {
        using var stop = new StopSignal(listens: processes.IsFirst);
        var context = new CommandContext(processes.IsFirst ? Console.Out : TextWriter.Null, processes.IsFirst ? Console.Error : TextWriter.Null, stop.Token)
        {
            Saving = stop.Saving,
            Terminate = stop.Terminate,
            Processes = processes,
        };
        var verbose = new Option<bool>("--verbose") { Description = "Show the stack trace of an error.", Recursive = true };
        ParseResult? parsed = null;
        try
        {
            parsed = Root(context, verbose).Parse(args, Grammar);
            if (parsed.Action is ParseErrorAction fault)
            {
                fault.ShowHelp = false;
                parsed.Invoke(new InvocationConfiguration { Output = context.Messages, Error = context.Messages });
                context.Messages.WriteLine($"Try '{PathOf(parsed.CommandResult.Command)} --help'.");
                return (ExitCode.Usage, null);
            }

            Ranks.Check(processes, parsed);
            return (parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }), null);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            context.Messages.WriteLine("Stopped.");
            return (stop.ExitCode, null);
        }
        catch (Exception exception)
        {
            var fault = parsed?.GetValue(verbose) == true ? exception.ToString() : OneLine(exception);
            context.Messages.WriteLine(fault);
            return (ExitCode.Error, fault);
        }
    }

    private static RootCommand Root(CommandContext context, Option<bool> verbose)
    {
        var root = new RootCommand("Extreme multi-label classification after LightDXML: train, predict, evaluate.")
        {
            new DemoCommand(context),
            new TrainCommand(context),
            new UpdateCommand(context),
            new PredictCommand(context),
            new EvaluateCommand(context),
            new CompressCommand(context),
            new ReportCommand(context),
            new DataCommand(context),
            new EncoderCommand(context),
            new CompareCommand(context),
            new VerifyCommand(context),
            new ServeCommand(context),
            new PlanCommand(context),
            new InfoCommand(context),
            new MethodRunCommand(context),
        };
        root.HelpName = Name;
        root.Add(verbose);
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new ExamplesHelpAction((HelpAction)help.Action!);
        RefuseUnknownOptions(root);
        return root;
    }

    /// <summary>The parser takes an option that it does not know for a value of the option before it.</summary>
    private static void RefuseUnknownOptions(Command command)
    {
        foreach (var option in command.Options)
        {
            option.Validators.Add(result =>
            {
                foreach (var token in result.Tokens.Where(token => OptionName().IsMatch(token.Value)))
                    result.AddError($"'{PathOf(command)}' has no option '{token.Value}'.");
            });
        }

        foreach (var part in command.Subcommands)
            RefuseUnknownOptions(part);
    }

    [GeneratedRegex("^--[a-z][a-z-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex OptionName();

    // Files that cannot be written and full disks are the user's to solve, like errors of input; all else is a fault of ours.
    internal static string OneLine(Exception exception)
    {
        var message = LightDxmlException.OneLine(exception.Message);
        return exception is LightDxmlException or IOException or UnauthorizedAccessException
            ? $"error: {message}"
            : $"internal error: {exception.GetType().Name}: {message} (--verbose shows where)";
    }

    internal static string PathOf(Command command) =>
        command is RootCommand ? Name : $"{PathOf(command.Parents.OfType<Command>().First())} {command.Name}";
}
