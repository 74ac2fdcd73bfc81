using System.CommandLine;
using System.CommandLine.Invocation;
using LightDxml.Baselines;
using LightDxml.Cli.Output;

namespace LightDxml.Cli.Commands;

/// <summary><c>compare --help-methods</c>: every method with its settings, their defaults and meanings.</summary>
internal sealed class MethodsHelpAction : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("lightdxml: the project's own method; 'train --help-settings' lists its settings");
        foreach (var method in BaselineMethods.All)
        {
            output.WriteLine();
            output.WriteLine($"{method.Name}: {method.Description}");
            if (method.Settings.Count == 0)
                continue;
            var table = new TextTable("setting", "default", "meaning") { LeftColumns = 3 };
            foreach (var setting in method.Settings)
            {
                var meaning = setting.AllowedValues.Count == 0 ? setting.Meaning : $"{setting.Meaning}: {string.Join(", ", setting.AllowedValues)}";
                table.Add(setting.Name, setting.Value, meaning);
            }

            table.Write(output);
        }

        return ExitCode.Success;
    }
}
