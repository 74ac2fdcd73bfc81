using System.Text;

namespace LightDxml;

/// <summary>
/// An error whose message is meant for the user: bad input, bad settings, a missing file. The message is one line that can be
/// printed as it is, whatever it quotes.
/// </summary>
public class LightDxmlException : Exception
{
    /// <summary>The longest message; of longer ones the middle is left out, for they begin with the place and end with what was expected.</summary>
    private const int LongestMessage = 800;

    /// <summary>An error with its message, which becomes one line of at most 800 characters.</summary>
    public LightDxmlException(string message) : base(OneLine(message)) { }

    /// <summary>An error with its message, which becomes one line of at most 800 characters, and its cause.</summary>
    public LightDxmlException(string message, Exception innerException) : base(OneLine(message), innerException) { }

    /// <summary>An error without a message of its own.</summary>
    public LightDxmlException() { }

    /// <summary>A message as one line of bounded length: blanks for line breaks, question marks for what a terminal would obey or hide.</summary>
    public static string OneLine(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Length > LongestMessage)
            message = $"{message[..(LongestMessage / 2)]} … {message[^(LongestMessage / 2)..]}";
        if (!message.Any(IsUnprintable))
            return message;
        var line = new StringBuilder(message.Length);
        foreach (var character in message.ReplaceLineEndings(" "))
            line.Append(character == '\t' ? ' ' : IsUnprintable(character) ? '?' : character);
        return line.ToString();
    }

    // Control characters, line separators, and marks that turn the direction of what follows.
    private static bool IsUnprintable(char character) =>
        char.IsControl(character) || character is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
