namespace LightDxml.Hosting.Models;

/// <summary>The use of a model by one request: while it is held the model stays open, whatever takes its place.</summary>
internal sealed class ModelLease : IDisposable
{
    public ModelLease(ModelVersion version)
    {
        version.Enter();
        Version = version;
    }

    public ModelVersion Version { get; }

    public void Dispose() => Version.Exit();
}
