using System.Text;

namespace LightDxml.Data.Arff;

/// <summary>Cuts a line of ARFF at separators outside of quotes; a backslash in quotes takes the next character as it is.</summary>
internal static class ArffTokens
{
    public static List<string> Of(string line, params ReadOnlySpan<char> separators) => Of(line, out _, separators);

    /// <param name="afterFirst">Where the first token ends, its quotes among it.</param>
    public static List<string> Of(string line, out int afterFirst, params ReadOnlySpan<char> separators)
    {
        afterFirst = line.Length;
        var tokens = new List<string>();
        var token = new StringBuilder();
        var (quote, wasQuoted, isBlank) = ('\0', false, true);
        for (var i = 0; i < line.Length; i++)
        {
            var character = line[i];
            if (quote != '\0')
            {
                if (character == '\\' && i + 1 < line.Length)
                    Append(line[++i]);
                else if (character == quote)
                    quote = '\0';
                else
                    Append(character);
            }
            else if (character is '\'' or '"' && isBlank)
            {
                (quote, wasQuoted) = (character, true);
                token.Clear();
            }
            else if (separators.Contains(character))
            {
                End();
                afterFirst = tokens.Count == 1 ? Math.Min(afterFirst, i) : afterFirst;
            }
            else if (wasQuoted && char.IsWhiteSpace(character) && Ends(line.AsSpan(i), separators))
            {
                // Blanks between the closing quote and the end are no part of the token.
            }
            else
            {
                Append(character);
            }
        }

        End();
        return tokens;

        static bool Ends(ReadOnlySpan<char> rest, ReadOnlySpan<char> separators) =>
            rest.TrimStart() is var next && (next.IsEmpty || separators.Contains(next[0]));

        void Append(char character)
        {
            token.Append(character);
            isBlank &= char.IsWhiteSpace(character);
        }

        void End()
        {
            var text = wasQuoted ? token.ToString() : token.ToString().Trim();
            if (text.Length > 0 || wasQuoted)
                tokens.Add(text);
            token.Clear();
            (wasQuoted, isBlank) = (false, true);
        }
    }
}
