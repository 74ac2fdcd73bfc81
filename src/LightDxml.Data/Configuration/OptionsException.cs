namespace LightDxml.Configuration;

/// <summary>A setting whose name is unknown or whose value is out of its range.</summary>
public sealed class OptionsException : LightDxmlException
{
    public OptionsException(string message) : base(message) { }

    public OptionsException(string message, Exception innerException) : base(message, innerException) { }

    public OptionsException() { }
}
