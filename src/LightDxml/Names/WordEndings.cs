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

    /// <summary>Nothing behind the sixth letter counts: a word that is like a name's is as good as the name's own.</summary>
    Prefix,

    /// <summary>Words that are alike up to the sixth letter count as 0.6 of the same word: what is written as the name is comes first.</summary>
    Alike,
}
