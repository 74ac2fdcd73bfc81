using LightDxml.Text.Vectors;

namespace LightDxml.TextEncoding;

/// <summary>
/// Where the text vectors of data sets are kept from one run to the next: the folder that <see cref="EnvironmentVariable"/> names, none
/// where it says so, else a folder of the user's cache. Texts that are predicted one by one are not kept.
/// </summary>
internal static class KeptVectors
{
    public const string EnvironmentVariable = "LIGHTDXML_VECTORS";

    private const string None = "none";

    /// <summary>How a data set is encoded whose vectors are kept.</summary>
    /// <param name="encoder">Null where there is none. It stays its owner's to dispose.</param>
    /// <exception cref="LightDxmlException">The folder that was named cannot be made, or its file is no cache of this encoder.</exception>
    public static BulkEncoding Of(ITextEncoder? encoder, IProgress<TextEncodingProgress>? progress = null, CancellationToken cancellation = default) =>
        new() { Encoder = encoder is null ? null : Cached(encoder), Progress = progress, Cancellation = cancellation };

    private static CachedTextEncoder? Cached(ITextEncoder encoder)
    {
        if (Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } named)
            return named == None ? null : new CachedTextEncoder(encoder, named);
        var folder = UsersFolder();
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A user without a home encodes anew every time.
            return null;
        }

        return new CachedTextEncoder(encoder, folder);
    }

    private static string UsersFolder()
    {
        var cache = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } own ? own
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), OperatingSystem.IsMacOS() ? "Library/Caches" : ".cache");
        return Path.Combine(cache, "lightdxml", "vectors");
    }
}
