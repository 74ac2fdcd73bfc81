using LightDxml.Models;

namespace LightDxml.Cli;

/// <summary>What a command works with: results go to <paramref name="Output"/>, progress and messages to <paramref name="Messages"/>.</summary>
internal sealed record CommandContext(TextWriter Output, TextWriter Messages, CancellationToken Stop)
{
    private readonly HashSet<string> _said = [];

    /// <summary>The processes that mpirun started together with this one. Others than the first print and write nothing, and are not stopped: they end with it.</summary>
    public ProcessGroup Processes { get; init; } = ProcessGroup.Alone;

    /// <summary>Stops the work as SIGTERM does.</summary>
    public Action Terminate { get; init; } = () => { };

    /// <summary>Is held while something is saved that a stop must wait for.</summary>
    public Lock Saving { get; init; } = new();

    /// <summary>Says something of a file, unless it has been said: a file may be looked at more than once.</summary>
    public void SayOnce(string path, string note)
    {
        var message = $"{path}: {note}";
        if (_said.Add(message))
            Messages.WriteLine(message);
    }

    /// <summary>Says what one should know of how a model predicts, if anything.</summary>
    public void SayNote(StoredModel model)
    {
        if (model.Ranker.Note is { } note)
            SayOnce(model.Name, $"{note.TrimEnd('.')}.");
    }
}
