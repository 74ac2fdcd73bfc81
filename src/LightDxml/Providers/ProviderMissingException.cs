namespace LightDxml.Providers;

/// <summary>A provider was asked for that the program or the build lacks, or that finds no accelerator on this machine.</summary>
internal sealed class ProviderMissingException : LightDxmlException
{
    public ProviderMissingException(string message) : base(message) { }

    public ProviderMissingException(string message, Exception innerException) : base(message, innerException) { }

    public ProviderMissingException() { }
}
