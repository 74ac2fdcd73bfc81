namespace LightDxml.Text.Skos;

/// <summary>A word of Turtle.</summary>
/// <param name="Text">Without brackets, quotes and escapes.</param>
/// <param name="Line">Where it begins, counted from 1.</param>
internal readonly record struct TurtleToken(TurtleKind Kind, string Text, long Line)
{
    public bool IsMark(string mark) => Kind == TurtleKind.Mark && Text == mark;

    /// <summary>The token for a message.</summary>
    public override string ToString() => Kind switch
    {
        TurtleKind.End => "the end of the file",
        TurtleKind.Iri => $"<{Text}>",
        TurtleKind.Text => $"the text '{(Text.Length > 40 ? Text[..40] + "…" : Text)}'",
        TurtleKind.Tag => $"@{Text}",
        _ => $"'{Text}'",
    };
}
