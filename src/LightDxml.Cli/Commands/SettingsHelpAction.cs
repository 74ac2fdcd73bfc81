using System.CommandLine;
using System.CommandLine.Invocation;
using LightDxml.Cli.Output;
using LightDxml.Configuration;

namespace LightDxml.Cli.Commands;

/// <summary><c>train --help-settings</c>: every setting with the preset's value and its meaning.</summary>
internal sealed class SettingsHelpAction(Option<string> preset) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var name = parseResult.GetResult(preset) is { Errors: var errors } && !errors.Any() ? parseResult.GetValue(preset)! : Presets.Default;
        var options = Presets.Get(name);
        SettingsTable.Write(
            parseResult.InvocationConfiguration.Output, name == Presets.Default ? "default" : $"in '{name}'",
            Settings.All.Select(setting => (setting.Name, setting.GetText(options), setting.Meaning)));
        return ExitCode.Success;
    }
}
