using System.Text;
using LightDxml.Configuration;

namespace LightDxml.Text.Reading;

/// <summary>Encodings by the names that the web and operating systems have for them.</summary>
internal static class TextEncodings
{
    /// <summary>What to say of bytes that are not UTF-8.</summary>
    public const string NotUtf8 = "found text that is not UTF-8; --encoding names the encoding of the file, such as windows-1252";

    /// <summary>The encoding of a name; it throws where bytes are not of it.</summary>
    /// <exception cref="OptionsException">There is none of the name.</exception>
    public static Encoding Find(string name)
    {
        var known = name.ToUpperInvariant() switch
        {
            "UTF8" => "utf-8",
            "UTF16" => "utf-16",
            "CP1252" or "ANSI" or "WINDOWS" => "windows-1252",
            _ => name,
        };
        try
        {
            return OrNull(CodePagesEncodingProvider.Instance, known)
                ?? Encoding.GetEncoding(known, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            throw new OptionsException($"The encoding '{name}' is not known; known are utf-8, utf-16, windows-1252, latin1, iso-8859-15, shift_jis, gb18030 and others.");
        }
    }

    private static Encoding? OrNull(EncodingProvider provider, string name) =>
        provider.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
}
