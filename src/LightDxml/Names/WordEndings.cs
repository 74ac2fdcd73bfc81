namespace LightDxml.Names;

/// <summary>Which endings of words do not count when names are looked for in documents.</summary>
public enum WordEndings
{
    /// <summary>The choice that finds most labels of training documents.</summary>
    Auto,

    /// <summary>All count: words are the same if they are written alike.</summary>
    None,

    /// <summary>A final s does not count, as of English, French or Spanish plurals.</summary>
    Plural,

    /// <summary>Nothing behind the sixth letter counts.</summary>
    Prefix,
}
