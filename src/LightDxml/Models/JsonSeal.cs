using System.Text;
using LightDxml.Storage;

namespace LightDxml.Models;

/// <summary>A last member <c>checksum</c> of a JSON object, over all that stands before it: what tells whether the file is still as it was written.</summary>
internal static class JsonSeal
{
    private const string End = "\n}";
    private const string Member = ",\n  \"checksum\": \"";
    private const int Length = 2 * Checksum.Length;

    /// <summary>The object with its checksum.</summary>
    /// <param name="json">An object with members, indented by two blanks, with plain line feeds.</param>
    public static byte[] Close(ReadOnlySpan<byte> json)
    {
        var content = json[..^End.Length];
        return [.. content, .. Encoding.UTF8.GetBytes($"{Member}{Checksum.Of(content)}\"{End}")];
    }

    /// <returns>Whether the file is as it was written; null where it has no such checksum.</returns>
    public static bool? IsWhole(ReadOnlySpan<byte> json)
    {
        var length = Member.Length + Length + "\"".Length + End.Length;
        if (json.Length < length || !json[^length..].StartsWith(Encoding.UTF8.GetBytes(Member)))
            return null;
        return json.SequenceEqual(Close([.. json[..^length], .. Encoding.UTF8.GetBytes(End)]));
    }
}
