namespace LightDxml.Providers;

/// <summary>A provider of processes that work together.</summary>
internal interface IProcessGroupProvider : IProvider
{
    /// <summary>The processes that were started together with this one; a process joins them once, and disposes of the group at its end.</summary>
    /// <exception cref="LightDxmlException">What joins them is not on this machine.</exception>
    ProcessGroup Join();
}
