namespace LightDxml.Cli.Output;

/// <summary>Numbers of things in messages: 1 label, 2 labels.</summary>
internal static class Counted
{
    /// <param name="many">Null adds an s.</param>
    public static string Of(long count, string one, string? many = null) => $"{count:N0} {(count == 1 ? one : many ?? one + "s")}";
}
