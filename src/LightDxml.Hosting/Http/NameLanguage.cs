using LightDxml.Hosting.Models;
using Microsoft.AspNetCore.Http;

namespace LightDxml.Hosting.Http;

/// <summary>Which language names of labels are answered in.</summary>
internal static class NameLanguage
{
    /// <summary>Characters of a tag at most: what is longer names no language.</summary>
    private const int LongestTag = 64;

    /// <summary>The language that the request names, else the one that its sender likes best of those there are; null is that of the labels file.</summary>
    /// <exception cref="RequestFault">No names are in the language that it names.</exception>
    public static string? Of(ModelVersion version, string? asked, HttpRequest request)
    {
        var there = version.Paths?.Languages ?? [];
        if (!string.IsNullOrEmpty(asked))
        {
            return Best(there, asked) ?? throw new RequestFault(StatusCodes.Status400BadRequest, there.Count == 0
                ? "The labels of the model have names in one language alone. Leave the language out."
                : asked.Length > LongestTag ? $"A language has {LongestTag} characters at most. It may be {string.Join(", ", there)}."
                : $"The labels of the model have no names in '{asked}'. The language may be {string.Join(", ", there)}.");
        }

        return there.Count == 0 ? null : request.GetTypedHeaders().AcceptLanguage
            .Where(one => one.Quality is not 0).OrderByDescending(one => one.Quality ?? 1)
            .Select(one => Best(there, one.Value.ToString())).FirstOrDefault(language => language is not null);
    }

    /// <summary>The language itself, a wider one (<c>de</c> for <c>de-at</c>), or a narrower one.</summary>
    private static string? Best(IReadOnlyList<string> there, string tag)
    {
        if (there.Count == 0 || tag.Length > LongestTag)
            return null;
        tag = tag.ToLowerInvariant();
        for (var wider = tag; wider.Length > 0; wider = wider[..Math.Max(0, wider.LastIndexOf('-'))])
        {
            if (there.Contains(wider))
                return wider;
        }

        return there.FirstOrDefault(language => language.StartsWith(tag + "-", StringComparison.Ordinal));
    }
}
