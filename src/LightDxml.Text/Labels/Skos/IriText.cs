using System.Buffers;

namespace LightDxml.Text.Skos;

/// <summary>Names of things on the web, which may be written relative to a base. They are compared as they are written, so that nothing is unescaped.</summary>
internal static class IriText
{
    private static readonly SearchValues<char> Scheme = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");

    /// <returns>The whole name, by RFC 3986; as it is written where it is whole or there is no base.</returns>
    public static string Resolve(string iri, string? baseIri)
    {
        if (string.IsNullOrEmpty(baseIri) || SchemeEnd(iri) > 0)
            return iri;
        var document = baseIri.Split('#')[0];
        if (iri.Length == 0 || iri[0] == '#')
            return document + iri;
        var path = document.Split('?')[0];
        if (iri[0] == '?')
            return path + iri;
        var authority = SchemeEnd(path);
        if (iri.StartsWith("//", StringComparison.Ordinal))
            return path[..authority] + iri;
        if (path.AsSpan(authority).StartsWith("//"))
            authority = path.IndexOf('/', authority + 2) is > 0 and var slash ? slash : path.Length;
        var folder = iri[0] == '/' ? "" : path[authority..].LastIndexOf('/') is >= 0 and var last ? path[authority..(authority + last + 1)] : "/";
        return path[..authority] + WithoutDots(folder + iri);
    }

    private static string WithoutDots(string path)
    {
        var end = path.AsSpan().IndexOfAny('?', '#') is >= 0 and var at ? at : path.Length;
        var kept = new List<string>();
        var parts = path[..end].Split('/');
        foreach (var part in parts)
        {
            if (part == ".." && kept.Count > 1)
                kept.RemoveAt(kept.Count - 1);
            else if (part is not ("." or ".."))
                kept.Add(part);
        }

        if (parts[^1] is "." or "..")
            kept.Add("");
        return string.Join('/', kept) + path[end..];
    }

    /// <summary>Where the colon of a scheme ends, or 0.</summary>
    private static int SchemeEnd(string iri)
    {
        var colon = iri.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && char.IsAsciiLetter(iri[0]) && iri.AsSpan(0, colon).IndexOfAnyExcept(Scheme) < 0 ? colon + 1 : 0;
    }
}
