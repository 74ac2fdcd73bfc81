using System.CommandLine;
using LightDxml.Cli.Output;
using LightDxml.Data;
using LightDxml.Data.Cache;
using LightDxml.Models;

namespace LightDxml.Cli.Commands;

/// <summary><c>lightdxml verify MODEL…</c>.</summary>
internal sealed class VerifyCommand : Command, IHasExamples
{
    private readonly CommandContext _context;
    private readonly Argument<string[]> _models = new("MODEL")
    {
        Description = "Models (folders or .ldx files, those of compare too) and cached data sets.",
        Arity = ArgumentArity.OneOrMore,
    };

    public VerifyCommand(CommandContext context)
        : base("verify", "Compare every file of a model, or a cached data set, with the checksums that were saved with it: finds what a disk or a copy damaged.")
    {
        _context = context;
        Add(_models);
        SetAction(Run);
    }

    public IReadOnlyList<string> Examples => ["lightdxml verify model", "lightdxml verify model.ldx ensemble train.cache", "lightdxml verify comparison/*/model"];

    private int Run(ParseResult arguments)
    {
        var damaged = false;
        foreach (var path in arguments.GetRequiredValue(_models))
        {
            _context.Stop.ThrowIfCancellationRequested();
            var files = Files(path);
            var table = new TextTable(path, "state", "") { LeftColumns = 3 };
            foreach (var file in files)
                table.Add(file.Name, Word(file.State), file.Detail);
            table.Write(_context.Output);
            var faults = files.Count(file => file.State == FileState.Damaged);
            var whole = files.Count(file => file.State == FileState.Whole);
            if (faults > 0)
                _context.Messages.WriteLine($"error: {path}: {Counted.Of(faults, "file")} of {files.Count} damaged. Copy the model again from where it came from, or train it again.");
            else if (whole == 0)
                _context.Messages.WriteLine($"{path}: no checksums to compare with; an earlier version saved it. 'lightdxml compress --model {path} --output NEW' saves a model with them.");
            else
                _context.Output.WriteLine($"{path}: {Counted.Of(whole, "file")} as saved.");
            damaged |= faults > 0;
        }

        return damaged ? ExitCode.Error : ExitCode.Success;
    }

    private static IReadOnlyList<VerifiedFile> Files(string path)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        try
        {
            if (!DatasetCache.Recognizes(path))
                return ModelStore.Verify(path);
            return [CacheReader.Verify(path) ? new VerifiedFile(name, FileState.Whole) : new VerifiedFile(name, FileState.Unknown, "no checksum; saved by an earlier version")];
        }
        catch (LightDxmlException fault) when (Path.Exists(path))
        {
            return [new VerifiedFile(name, FileState.Damaged, fault.Message.Replace($"{path}: ", "", StringComparison.Ordinal))];
        }
    }

    private static string Word(FileState state) => state switch
    {
        FileState.Whole => "as saved",
        FileState.Damaged => "DAMAGED",
        _ => "unknown",
    };
}
