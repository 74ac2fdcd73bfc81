using System.CommandLine;
using System.Globalization;
using LightDxml.Configuration;
using LightDxml.Kernels;
using LightDxml.Text.Reading;

namespace LightDxml.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    /// <summary>What help calls the value of an option that names a file.</summary>
    public const string FileHelpName = "FILE";

    /// <summary>The same of an option that names several.</summary>
    public const string FilesHelpName = "FILE ...";

    public static Option<string> File(string name, string description, bool required = false) =>
        Named(name, description, FileHelpName, required);

    /// <summary>A file, or several of raw text that are read as one: their names one after the other, or with wildcards.</summary>
    public static Option<string> Files(string name, string description, bool required = false)
    {
        var option = Named(name, description, FilesHelpName, required);
        option.Arity = ArgumentArity.OneOrMore;
        option.AllowMultipleArgumentsPerToken = true;
        option.CustomParser = result => string.Join(TextFiles.Separator, result.Tokens.Select(token => token.Value));
        return option;
    }

    public static Option<string> Folder(string name, string description, bool required = false) =>
        Named(name, description, "DIR", required);

    public static Option<int> Threads() =>
        Number("--threads", 0, "Threads to use; 0 is one for each processor.", least: 0);

    public static Option<int> Number(string name, int standard, string description, int least, int most = int.MaxValue)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            // A token that is no number is reported by the parser itself.
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && number < least)
                result.AddError($"{name} must be at least {least}, but is {number}.");
            else if (result.Tokens is [var large] && long.TryParse(large.Value, CultureInfo.InvariantCulture, out var big) && big > most)
                result.AddError($"{name} must be at most {most}, but is {big}.");
        });
        return option;
    }

    public static Option<string> Preset()
    {
        var option = new Option<string>("--preset") { Description = "Settings to start from.", DefaultValueFactory = _ => Presets.Default };
        option.AcceptOnlyFromAmong([.. Presets.Names]);
        return option;
    }

    public static Option<string[]> Set(string description) =>
        new("--set") { Description = description, HelpName = "key=value ...", AllowMultipleArgumentsPerToken = true };

    private static Option<string> Named(string name, string description, string kind, bool required)
    {
        var option = new Option<string>(name) { Description = description, HelpName = kind, Required = required };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value.Length: 0 }])
                result.AddError($"{name} needs a name, but is empty.");
        });
        return option;
    }

    /// <summary>What NAME=PATH says; null where one of the two is missing.</summary>
    public static (string Name, string Path)? NameAndPath(string text) =>
        text.Split('=', 2) is [{ Length: > 0 } name, { Length: > 0 } path] ? (name, path) : null;

    /// <summary>Says early, and readably, when the environment asks for kernels that this processor lacks.</summary>
    /// <exception cref="LightDxmlException">It does.</exception>
    public static void CheckKernels()
    {
        try
        {
            KernelBackends.Select();
        }
        catch (ArgumentException fault)
        {
            throw new LightDxmlException($"{KernelBackends.EnvironmentVariable}: {fault.Message.Split(" (Parameter")[0]}", fault);
        }
    }
}
