namespace LightDxml.TextEncoding;

/// <summary>How the vectors of a text's tokens become one. The values are part of fingerprints.</summary>
internal enum TextPooling
{
    /// <summary>Their mean.</summary>
    Mean = 0,

    /// <summary>That of the first token, a mark.</summary>
    FirstToken = 1,
}
