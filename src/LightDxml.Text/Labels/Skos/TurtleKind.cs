namespace LightDxml.Text.Skos;

/// <summary>What a word of Turtle is.</summary>
internal enum TurtleKind
{
    End,

    /// <summary><c>&lt;http://…&gt;</c>.</summary>
    Iri,

    /// <summary><c>prefix:name</c>; the first colon parts them.</summary>
    Name,

    /// <summary><c>_:node</c>.</summary>
    Blank,

    /// <summary><c>a</c>, <c>true</c>, <c>PREFIX</c>.</summary>
    Word,

    /// <summary>What follows an @: a language, or <c>prefix</c>.</summary>
    Tag,

    /// <summary>A text in quotes.</summary>
    Text,

    Number,

    /// <summary><c>. ; , [ ] ( ) ^^</c>.</summary>
    Mark,
}
