using System.CommandLine;
using System.Globalization;
using LightDxml.Cli.Input;
using LightDxml.Configuration;
using LightDxml.Kernels;
using LightDxml.Text.Reading;
using LightDxml.Training;

namespace LightDxml.Cli.Commands;

/// <summary>The options of checkpoints, and what a training's checkpoint is made of: its other options.</summary>
internal sealed class CheckpointOptions
{
    private const string Off = "0";
    private const string Default = "5m";
    private readonly Command _command;
    private readonly Option<string> _every = Every("How often a long training saves how far it is, in a folder beside the output: 30s, 5m, 2h; 0 never.");

    private readonly Option<bool> _resume = new("--resume") { Description = "Go on from the checkpoint that an interrupted training with the same options left; begin where there is none." };

    public CheckpointOptions(Command command)
    {
        _command = command;
        command.Add(_every);
        command.Add(_resume);
        command.Validators.Add(result =>
        {
            if (Parsed(result.GetValue(_every) ?? Default) == TimeSpan.Zero && result.GetValue(_resume))
                result.AddError("--resume needs checkpoints, and --checkpoint-every 0 turns them off.");
        });
    }

    /// <summary>The option that says how often a training saves how far it is.</summary>
    public static Option<string> Every(string description)
    {
        var option = new Option<string>("--checkpoint-every") { Description = description, HelpName = "TIME", DefaultValueFactory = _ => Default };
        option.Validators.Add(result =>
        {
            if (Parsed(result.GetValueOrDefault<string>() ?? Default) is null)
                result.AddError($"--checkpoint-every must be a time such as 30s, 5m or 2h, or 0, but is '{result.GetValueOrDefault<string>()}'.");
        });
        return option;
    }

    /// <summary>The folder of the checkpoint, or null where none is wanted.</summary>
    /// <param name="options">The settings that <paramref name="said"/> by name stand for.</param>
    /// <param name="said">Options that the key takes from elsewhere, or that change nothing in the model.</param>
    /// <exception cref="LightDxmlException">There is one that something else led to, or something is in its place.</exception>
    public CheckpointFolder? Folder(CommandContext context, ParseResult arguments, string output, TrainingOptions options, IReadOnlyCollection<Option> said)
    {
        if (Parsed(arguments.GetValue(_every)!) == TimeSpan.Zero)
            return null;
        var path = CheckpointFolder.NameFor(output);
        var files = Files(arguments, said);
        var key = new CheckpointKey(() => [.. Parts(arguments, options, said, files)]);
        if (!arguments.GetValue(_resume))
        {
            var fresh = CheckpointFolder.Begin(path, key, context.Saving);
            if (fresh.IsThere)
                context.Messages.WriteLine($"{path} is the checkpoint of an interrupted training; this one begins anew and will replace it. --resume goes on from it.");
            return fresh;
        }

        var folder = CheckpointFolder.Resume(path, key, context.Saving);
        context.Messages.WriteLine(folder.IsThere ? $"Going on from {path}." : $"There is no checkpoint at {path}; the training begins.");
        return folder;
    }

    public TimeSpan Every(ParseResult arguments) => Every(arguments, _every);

    public static TimeSpan Every(ParseResult arguments, Option<string> every) => Parsed(arguments.GetValue(every)!)!.Value;

    /// <summary>What computes the bits of a model, by its builds, for a key.</summary>
    /// <param name="more">Types of further parts of the program that do.</param>
    public static IEnumerable<(string Name, string Value)> ProgramOf(params Type[] more)
    {
        yield return ("the program", ProgramParts.Builds(more));
        yield return ("the kernels", $"{KernelBackends.Select().Name} of {KernelBackends.VectorBits} bits");
        yield return ("the processor's multiply-adds", KernelBackends.MultiplyAdds);
    }

    /// <summary>The files of the options, as they are before they are read.</summary>
    private IReadOnlyList<(string Name, SourceFile File)> Files(ParseResult arguments, IReadOnlyCollection<Option> said) =>
    [
        .. Given(arguments, said).Where(given => IsFile(given.Option)).SelectMany(given => DataSource.Of(string.Join(TextFiles.Separator, given.Values)).Paths
            .Select((file, place) => (place == 0 ? given.Option.Name : $"{given.Option.Name} ({place + 1})", new SourceFile(file)))),
    ];

    private IEnumerable<(string Name, string Value)> Parts(
        ParseResult arguments, TrainingOptions options, IReadOnlyCollection<Option> said, IReadOnlyList<(string Name, SourceFile File)> files)
    {
        foreach (var part in ProgramOf())
            yield return part;
        foreach (var (name, file) in files)
            yield return ($"{name} {Path.GetFileName(file.Path)}", file.Checksum());
        foreach (var (option, values) in Given(arguments, said).Where(given => !IsFile(given.Option)))
            yield return (option.Name, string.Join(' ', values));
        foreach (var setting in Settings.All)
            yield return (setting.Name, setting.GetText(options));
    }

    private IEnumerable<(Option Option, string[] Values)> Given(ParseResult arguments, IReadOnlyCollection<Option> said)
    {
        foreach (var option in _command.Options.Where(option => option != _every && option != _resume && !said.Contains(option)))
        {
            if (arguments.GetResult(option) is { Implicit: false } result)
                yield return (option, [.. result.Tokens.Select(token => token.Value)]);
        }
    }

    private static bool IsFile(Option option) => option.HelpName is CommonOptions.FileHelpName or CommonOptions.FilesHelpName;

    private static TimeSpan? Parsed(string text)
    {
        if (text == Off)
            return TimeSpan.Zero;
        var seconds = text is [.., var unit] ? unit switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 } : 0;
        return seconds > 0 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && count > 0 && count * seconds < TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromSeconds(seconds * count)
            : null;
    }
}
