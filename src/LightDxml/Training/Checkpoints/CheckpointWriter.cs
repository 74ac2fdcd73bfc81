using System.Diagnostics;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>The results and states of a training that are to be on disk, and when they are written.</summary>
internal sealed class CheckpointWriter(CheckpointFolder folder, TimeSpan every, ProcessGroup processes)
{
    private readonly Lock _turn = new();
    private readonly List<Part> _parts = [];
    private readonly List<string> _dropped = [];
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private bool _said;

    public CheckpointFolder Folder => folder;

    public ITrainingObserver? Observer { get; set; }

    /// <summary>Whether the work was stopped and saved.</summary>
    public bool IsSaved { get; private set; }

    /// <summary>What an earlier process wrote, or null; the processes of a group see the same.</summary>
    public SafetensorsFile? Open(string name)
    {
        if (processes.IsFirst)
        {
            var file = folder.Open(name);
            processes.Decide(() => file is not null);
            return file;
        }

        if (!processes.Decide(() => false))
            return null;
        return folder.Open(name) ?? throw new LightDxmlException(
            $"{folder.Path} is not the same for rank {processes.Rank} as for rank 0; put the output on a file system that all ranks see, or give --checkpoint-every 0.");
    }

    public void Keep(string name, Action<SafetensorsWriter> write, bool changes)
    {
        lock (_turn)
        {
            _parts.RemoveAll(part => part.Name == name);
            _parts.Add(new Part(name, write, changes));
        }
    }

    public void Drop(string name)
    {
        lock (_turn)
        {
            _parts.RemoveAll(part => part.Name == name);
            _dropped.Add(name);
        }
    }

    public void DropAll(string scope)
    {
        lock (_turn)
        {
            _parts.RemoveAll(part => part.Name.StartsWith(scope, StringComparison.Ordinal));
            _dropped.Add(scope + "*");
        }
    }

    public void Boundary(CancellationToken cancellation)
    {
        if (!processes.IsFirst)
            return;
        folder.AtBoundary?.Invoke();
        if (cancellation.IsCancellationRequested)
        {
            lock (_turn)
                IsSaved = IsSaved || Save(withStates: true);
        }
        else if (_since.Elapsed >= every && _turn.TryEnter())
        {
            try
            {
                if (_since.Elapsed >= every)
                    Save(withStates: true);
            }
            finally
            {
                _turn.Exit();
            }
        }
    }

    public void SaveResults()
    {
        if (!processes.IsFirst)
            return;
        lock (_turn)
            IsSaved = IsSaved || Save(withStates: false);
    }

    /// <summary>Work goes on where a checkpoint cannot be written: it is a help, not the aim.</summary>
    private bool Save(bool withStates)
    {
        try
        {
            // States rely on results, and what is dropped is needed by the states of the save before.
            foreach (var part in _parts.Where(part => part.Changes ? withStates : !part.IsWritten).OrderBy(part => part.Changes))
            {
                folder.Write(part.Name, part.Write);
                part.IsWritten = true;
            }

            if (withStates)
            {
                foreach (var name in _dropped)
                    folder.Delete(name);
                _dropped.Clear();
            }

            if (!_said && _parts.Count > 0)
                Observer?.Report(new TrainingNote($"checkpoint: {folder.Path} holds how far the training is; --resume goes on from there"));
            _said = true;
            return true;
        }
        catch (LightDxmlException fault)
        {
            Observer?.Report(new TrainingNote($"the checkpoint could not be written, and the training goes on without: {fault.Message}"));
            return false;
        }
        finally
        {
            _since.Restart();
        }
    }

    private sealed record Part(string Name, Action<SafetensorsWriter> Write, bool Changes)
    {
        public bool IsWritten { get; set; }
    }
}
