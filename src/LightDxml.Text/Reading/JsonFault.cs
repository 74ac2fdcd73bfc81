using System.Text.Json;

namespace LightDxml.Text.Reading;

/// <summary>What is wrong with text that should be JSON, without the place, which messages of ours begin with.</summary>
internal static class JsonFault
{
    public const string NotUtf8 = "found half of a character, or text that is not UTF-8; --encoding names the encoding of the file, such as windows-1252";

    public static string Of(JsonException exception) => $"not JSON: {exception.Message.Split(" LineNumber:")[0].ReplaceLineEndings(" ")}";
}
