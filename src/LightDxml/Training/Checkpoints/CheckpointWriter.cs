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
    private bool _isSaved;
    private bool _lacksParts;

    public CheckpointFolder Folder => folder;

    /// <summary>The choices that this process has made.</summary>
    public HashSet<string> Chosen { get; } = [];

    public ITrainingObserver? Observer { get; set; }

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
        return folder.Open(name) ?? throw Unseen();
    }

    /// <summary>What the processes of an earlier group, or one process, wrote of a result; null where not all of it is there.</summary>
    public IReadOnlyList<SafetensorsFile>? OpenParts(string name)
    {
        int[] parts = [processes.IsFirst ? folder.PartsOf(name) : 0];
        processes.Broadcast<int>(parts, "decisions");
        return parts is [0] ? null : [.. Enumerable.Range(0, parts[0]).Select(part => folder.Open(CheckpointFolder.PartName(name, part, parts[0])) ?? throw Unseen())];
    }

    public void Keep(string name, Action<SafetensorsWriter> write, bool changes)
    {
        lock (_turn)
        {
            _parts.RemoveAll(part => part.Name == name);
            _parts.Add(new Part(name, write, changes));
        }
    }

    /// <summary>Writes this process's part of a result at once. Where one cannot, no states that would rely on it are written any more.</summary>
    public void KeepPart(string name, Action<SafetensorsWriter> write)
    {
        if (processes.Size == 1)
        {
            Keep(name, write, changes: false);
            return;
        }

        var fault = processes.IsFirst ? FaultOf(folder.Claim) : null;
        processes.Wait();
        fault ??= FaultOf(() =>
        {
            folder.Join();
            folder.Write(CheckpointFolder.PartName(name, processes.Rank, processes.Size), write);
        });
        var failed = Array.FindIndex(processes.GatherItems([fault is not null], "decisions"), isFault => isFault);
        if (failed >= 0 && !_lacksParts)
            Observer?.Report(new TrainingNote($"rank {failed} cannot write its part of the checkpoint, and the training goes on without{(fault is null ? "" : $": {fault.Message}")}"));
        _lacksParts |= failed >= 0;

        static LightDxmlException? FaultOf(Action action)
        {
            try
            {
                action();
                return null;
            }
            catch (LightDxmlException fault)
            {
                return fault;
            }
        }
    }

    public void Drop(string name)
    {
        lock (_turn)
        {
            _parts.RemoveAll(part => part.Name == name);
            _dropped.AddRange([name, CheckpointFolder.PartsName(name)]);
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
                _isSaved = _isSaved || Save(withStates: true, isStopped: true);
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
            _isSaved = _isSaved || Save(withStates: false, isStopped: true);
    }

    /// <summary>Work goes on where a checkpoint cannot be written: it is a help, not the aim.</summary>
    private bool Save(bool withStates, bool isStopped = false)
    {
        if (_lacksParts)
            return false;
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

            folder.IsSaidAtStop = isStopped && !_said && _parts.Count > 0 && Observer is not null;
            if (!_said && _parts.Count > 0)
                Observer?.Report(new TrainingNote($"checkpoint: {folder.Path} holds how far the training is; to continue, run {folder.HowToGoOn}"));
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

    private LightDxmlException Unseen() => new(
        $"{folder.Path} is not the same for rank {processes.Rank} as for rank 0; put the output on a file system that all ranks see, or give --checkpoint-every 0.");

    private sealed record Part(string Name, Action<SafetensorsWriter> Write, bool Changes)
    {
        public bool IsWritten { get; set; }
    }
}
