namespace LightDxml.Storage;

/// <summary>A folder for what is needed for a moment, in the system's place for such; deleted when disposed, or by the next one where its process was killed.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string Prefix = "lightdxml-";

    // Held open: who can open it alone knows that its process is gone, whatever its id.
    private const string LockName = ".lock";
    private readonly FileStream _lock;

    public ScratchFolder()
    {
        foreach (var leftover in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), Prefix + "*"))
            DeleteLeftover(leftover);
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), Prefix + Writers.NewMark());
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(Path);
        else
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _lock = new FileStream(System.IO.Path.Combine(Path, LockName), FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        _lock.Dispose();
        Directory.Delete(Path, recursive: true);
    }

    private static void DeleteLeftover(string folder)
    {
        if (!Writers.IsOfEndedProcess(System.IO.Path.GetFileName(folder)[Prefix.Length..], Directory.GetLastWriteTimeUtc(folder)))
            return;
        try
        {
            var mark = System.IO.Path.Combine(folder, LockName);
            if (File.Exists(mark))
                new FileStream(mark, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Another process was faster, or it is another user's, or in use.
        }
    }
}
