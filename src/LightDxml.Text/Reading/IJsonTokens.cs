using System.Text.Json;

namespace LightDxml.Text.Reading;

/// <summary>Moves a JSON reader on; a stream refills its buffer where a line is just at its end.</summary>
internal interface IJsonTokens
{
    /// <returns>False at the end of the input.</returns>
    bool Read(ref Utf8JsonReader reader);
}
