using System.CommandLine;
using System.CommandLine.Invocation;
using LightDxml.Baselines;
using LightDxml.Cli.Output;
using LightDxml.Torch.Networks;

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
            Write(output, method.Name, method.Description, method.Settings);
        foreach (var family in TextNetworks.All)
            Write(output, family.Name, $"{family.Description}; reads raw text, and needs libtorch{(family.Options.Encoder.Length > 0 ? " and a text encoder" : "")}", MethodSetting.AllOf(family.Settings, family.Options));
        return ExitCode.Success;
    }

    private static void Write(TextWriter output, string name, string description, IReadOnlyList<MethodSetting> settings)
    {
        output.WriteLine();
        output.WriteLine($"{name}: {description}");
        if (settings.Count > 0)
            SettingsTable.Write(output, "default", settings.Select(setting => (setting.Name, setting.Value, Meaning(setting))));

        static string Meaning(MethodSetting setting) => setting.AllowedValues.Count == 0 ? setting.Meaning : $"{setting.Meaning}: {string.Join(", ", setting.AllowedValues)}";
    }
}
