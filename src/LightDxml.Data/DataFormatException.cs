namespace LightDxml.Data;

/// <summary>A file that does not hold what its format promises: <c>train.txt(17): label 4001 is not below the label count 3993</c>.</summary>
public sealed class DataFormatException : LightDxmlException
{
    /// <param name="file">The file as the user named it.</param>
    /// <param name="line">Line counted from 1, or 0 where the fault is of the whole file.</param>
    /// <param name="fault">What was found and what was expected.</param>
    public DataFormatException(string file, long line, string fault)
        : base(line > 0 ? $"{file}({line}): {fault}" : $"{file}: {fault}")
    {
        File = file;
        Line = line;
    }

    /// <summary>An error without a message of its own.</summary>
    public DataFormatException() { }

    /// <summary>An error with a message that names no place.</summary>
    public DataFormatException(string message) : base(message) { }

    /// <summary>An error with a message that names no place, and its cause.</summary>
    public DataFormatException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>The file as the user named it; empty where the error names no place.</summary>
    public string File { get; } = "";

    /// <summary>Line counted from 1, or 0 where the fault is of the whole file.</summary>
    public long Line { get; }
}
