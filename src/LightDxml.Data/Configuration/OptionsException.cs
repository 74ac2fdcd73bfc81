namespace LightDxml.Configuration;

/// <summary>A setting whose name is unknown or whose value is out of its range.</summary>
public sealed class OptionsException : LightDxmlException
{
    /// <summary>An error with its message.</summary>
    public OptionsException(string message) : base(message) { }

    /// <summary>An error with its message and its cause.</summary>
    public OptionsException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>An error without a message of its own.</summary>
    public OptionsException() { }
}
