namespace LightDxml;

/// <summary>An error whose message is meant for the user: bad input, bad settings, a missing file. The command line prints it in one line.</summary>
public class LightDxmlException : Exception
{
    public LightDxmlException(string message) : base(message) { }

    public LightDxmlException(string message, Exception innerException) : base(message, innerException) { }

    public LightDxmlException() { }
}
