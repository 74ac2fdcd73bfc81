using System.Text;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>
/// Keeps how far a training is, so that another process can go on from there and end in the same bits. Work is cut into named results;
/// inside one there are scopes of results and states that are needed no more when it is there. Every file says by its name and content alone
/// what it is good for: of those that a killed process left, any may be missing, and the rest are right all the same.
/// Of the processes of a group the first one writes and is stopped; all read. Of a result that is divided, each writes its part.
/// </summary>
internal sealed class Checkpoint
{
    private readonly CheckpointWriter? _writer;
    private readonly string _scope;

    /// <param name="writer">Null keeps nothing.</param>
    private Checkpoint(CheckpointWriter? writer, string scope) => (_writer, _scope) = (writer, scope);

    /// <summary>Keeps nothing.</summary>
    public static Checkpoint None { get; } = new(null, "");

    /// <param name="folder">Where files are kept.</param>
    /// <param name="every">Time between two saves; nothing is written before it has passed once, but when the work is stopped.</param>
    public static Checkpoint In(CheckpointFolder folder, TimeSpan every, ProcessGroup? processes = null) => new(new CheckpointWriter(folder, every, processes ?? ProcessGroup.Alone), "");

    /// <summary>The same within a scope of its own, such as a member of an ensemble.</summary>
    public Checkpoint Within(string scope) => new(_writer, _scope + scope + ".");

    /// <summary>What hears of saves.</summary>
    public ITrainingObserver? Observer
    {
        set
        {
            if (_writer is not null)
                _writer.Observer = value;
        }
    }

    /// <summary>What is stored under the name, or else computed and stored with the next save.</summary>
    /// <param name="compute">Gets the scope for what it needs to go on after an interruption.</param>
    public T Result<T>(string name, Func<Checkpoint, T> compute, Action<SafetensorsWriter, T> write, Func<SafetensorsFile, T> read)
    {
        if (_writer is null)
            return compute(this);
        var scope = Within(name);
        var (result, isThere) = Read(name, read);
        if (!isThere)
        {
            result = compute(scope);
            _writer.Keep(_scope + name, file => write(file, result), changes: false);
        }

        _writer.DropAll(scope._scope);
        return result!;
    }

    /// <summary>
    /// As <see cref="Result"/>, of a result of which every process of a group has a part. Each writes its part at once: states that the first one writes
    /// later rely on all of them.
    /// </summary>
    /// <param name="read">Gets the files of all parts, which may be of another number of processes.</param>
    public T Divided<T>(string name, Func<Checkpoint, T> compute, Action<SafetensorsWriter, T> write, Func<IReadOnlyList<SafetensorsFile>, T> read)
    {
        if (_writer is null)
            return compute(this);
        var scope = Within(name);
        T result;
        if (_writer.OpenParts(_scope + name) is { } files)
        {
            result = read(files);
            foreach (var file in files)
                file.Dispose();
        }
        else
        {
            result = compute(scope);
            _writer.KeepPart(_scope + name, file => write(file, result));
        }

        _writer.DropAll(scope._scope);
        return result;
    }

    /// <summary>A state that changes as the work goes on: written at every save, until the scope's result is there.</summary>
    public void State(string name, Action<SafetensorsWriter> write) => _writer?.Keep(_scope + name, write, changes: true);

    /// <summary>What <see cref="State"/> or <see cref="Result"/> stored in an earlier process, if it did.</summary>
    public (T? Value, bool IsThere) Read<T>(string name, Func<SafetensorsFile, T> read)
    {
        if (_writer?.Open(_scope + name) is not { } file)
            return (default, false);
        using (file)
            return (read(file), true);
    }

    /// <summary>
    /// What the training has chosen by what its machine has. Whoever goes on from the checkpoint must come to the same: the first call of a process
    /// compares with those before it.
    /// </summary>
    /// <param name="name">For a message, and of the file.</param>
    /// <exception cref="LightDxmlException">It was another before the interruption.</exception>
    public void Choose(string name, string value)
    {
        if (_writer is null || !_writer.Chosen.Add(name))
            return;
        var (before, isThere) = new Checkpoint(_writer, "").Read(name, file => Encoding.UTF8.GetString(file.Utf8(name)));
        if (isThere && before != value)
            throw _writer.Folder.Changed($"{name} was {before} and is {value}");
        _writer.Keep(name, file => file.Add(name, Encoding.UTF8.GetBytes(value)), changes: false);
    }

    /// <summary>The error of a stored state that relies on a result which is not there.</summary>
    public LightDxmlException Missing(string name) => new(
        $"{_writer!.Folder.Path}: {_scope}{name} is missing, and the training cannot go on without it. To begin anew, {_writer.Folder.HowToBeginAnew}.");

    /// <summary>Lets go of a result or state that is needed no more.</summary>
    public void Drop(string name) => _writer?.Drop(_scope + name);

    /// <summary>
    /// A moment at which all states can be written. Saves if it is time for it; if the work is to stop, saves and stops it. May be called by
    /// several threads, if the states' writers may.
    /// </summary>
    /// <exception cref="OperationCanceledException">The work is to stop.</exception>
    public void Boundary(CancellationToken cancellation)
    {
        _writer?.Boundary(cancellation);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Writes the results that are there, without states: for when work ended between two boundaries.</summary>
    public void SaveResults() => _writer?.SaveResults();
}
