using System.Globalization;
using System.Text;

namespace LightDxml.Text.Terms;

/// <summary>
/// Cuts UTF-8 text into words: runs of letters, digits and underscores. Marks continue a word, as in Unicode's text
/// segmentation (UAX 29), and soft hyphens, joiners and other characters that only format are passed over. Of scripts without blanks between words each character is a word,
/// with its marks, if the options say so. Bytes that are not UTF-8 separate words. One thread at a time.
/// </summary>
internal sealed class Tokenizer
{
    private const byte Separator = 0;
    private const byte NotAscii = 0x80;

    private const int DottedCapital = 'İ';
    private const int DotAbove = 0x307;

    private readonly byte[] _classes = new byte[256];
    private readonly bool _lowercase;
    private readonly bool _foldAccents;
    private readonly bool _symbols;
    private readonly bool _cutsUnsegmented;
    private readonly int _minLength;
    private byte[] _word = new byte[256];

    public Tokenizer(TextVectorizerOptions options)
    {
        _lowercase = options.Lowercase;
        _foldAccents = options.FoldAccents;
        _symbols = options.Symbols;
        _cutsUnsegmented = options is { Unit: TermUnit.Words, Unsegmented: UnsegmentedText.Characters };
        _minLength = options.MinWordLength;
        _classes.AsSpan(0x80).Fill(NotAscii);
        for (var c = 0; c < 0x80; c++)
        {
            if (char.IsAsciiLetterOrDigit((char)c) || c == '_')
                _classes[c] = (byte)(_lowercase ? char.ToLowerInvariant((char)c) : (char)c);
        }
    }

    public void Tokenize<TSink>(ReadOnlySpan<byte> text, ref TSink sink)
        where TSink : struct, ITokenSink
    {
        // Case mapping and folding at most double a character's bytes.
        if (_word.Length < 2 * text.Length + 16)
            _word = new byte[2 * text.Length + 16];
        var classes = _classes;
        var word = _word;
        for (var i = 0; i < text.Length;)
        {
            byte next = Separator;
            var length = 0;
            while (i < text.Length && (sbyte)(next = classes[text[i]]) > 0)
            {
                word[length++] = next;
                i++;
            }

            var characters = length;
            if (next == NotAscii)
                i += ContinueWord(text[i..], ref length, ref characters);
            else
                i++;
            if (_lowercase && characters > 1 && word.AsSpan(0, length).EndsWith(Sigma))
                FinalSigma.CopyTo(word.AsSpan(length - Sigma.Length));
            if (characters >= _minLength)
                sink.Add(word.AsSpan(0, length));
        }
    }

    /// <summary>Reads the rest of a word from its first character that is not ASCII, and the separator that ends it.</summary>
    /// <returns>Bytes taken.</returns>
    private int ContinueWord(ReadOnlySpan<byte> text, ref int length, ref int characters)
    {
        for (var i = 0; ;)
        {
            if (i == text.Length)
                return i;
            Rune.DecodeFromUtf8(text[i..], out var rune, out var taken);
            i += taken;
            if (rune.IsAscii)
            {
                var mapped = _classes[rune.Value];
                if (mapped == Separator)
                    return i;
                _word[length++] = mapped;
                characters++;
            }
            else if (IsLetterOrDigit(rune))
            {
                if (!_cutsUnsegmented || !Scripts.HasNoBlanks(rune))
                {
                    Append(rune, ref length, ref characters);
                    continue;
                }

                if (length > 0)
                    return i - taken;
                Append(rune, ref length, ref characters);
                i += AppendMarks(text[i..], ref length, ref characters);
                characters = Math.Max(characters, _minLength);
                return i;
            }
            else if (IsMark(rune))
            {
                if (length > 0)
                    Append(rune, ref length, ref characters);
            }
            else if (_symbols && Symbols.IsSymbol(rune))
            {
                if (length > 0)
                    return i - taken;
                var symbol = Symbols.Length(text[(i - taken)..]);
                text.Slice(i - taken, symbol).CopyTo(_word);
                (length, characters) = (symbol, _minLength);
                return i - taken + symbol;
            }
            else if (!Formats(rune))
            {
                return i;
            }
        }
    }

    /// <summary>Reads the marks that follow a character.</summary>
    /// <returns>Bytes taken.</returns>
    private int AppendMarks(ReadOnlySpan<byte> text, ref int length, ref int characters)
    {
        for (var i = 0; ;)
        {
            if (i == text.Length)
                return i;
            Rune.DecodeFromUtf8(text[i..], out var rune, out var taken);
            if (IsMark(rune) || Scripts.IsVoiceSign(rune))
                Append(rune, ref length, ref characters);
            else if (!Formats(rune))
                return i;
            i += taken;
        }
    }

    // A capital sigma may stand at the end of a word, where the small one has another form.
    private static ReadOnlySpan<byte> Sigma => "σ"u8;

    private static ReadOnlySpan<byte> FinalSigma => "ς"u8;

    private void Append(Rune rune, ref int length, ref int characters)
    {
        if (_foldAccents && Accents.IsAccent(rune))
            return;
        if (_lowercase)
        {
            // Turkish: in either coding it is a small i, whose dot is no mark.
            if (rune.Value == DotAbove && length > 0 && _word[length - 1] == 'i')
                return;
            rune = rune.Value == DottedCapital ? new Rune('i') : Rune.ToLowerInvariant(rune);
        }

        if (!Compositions.MayCompose(rune))
        {
            Write(rune, ref length, ref characters);
        }
        else if (CanonicalLetters.Of(rune) is { } letters)
        {
            foreach (var letter in letters.EnumerateRunes())
            {
                if (!_foldAccents || !Accents.IsAccent(letter))
                    Compose(letter, ref length, ref characters);
            }
        }
        else
        {
            Compose(rune, ref length, ref characters);
        }
    }

    /// <summary>Joins a letter or mark to what is before it, where they compose: the two codings of a letter with a mark are one word.</summary>
    private void Compose(Rune rune, ref int length, ref int characters)
    {
        Rune.DecodeLastFromUtf8(_word.AsSpan(0, length), out var last, out var taken);
        if (Compositions.Compose(last, rune) is { } composed)
        {
            length -= taken;
            characters--;
            rune = composed;
        }

        Write(rune, ref length, ref characters);
    }

    private void Write(Rune rune, ref int length, ref int characters)
    {
        if (_foldAccents)
            rune = Accents.Fold(rune);
        length += rune.EncodeToUtf8(_word.AsSpan(length));
        characters++;
    }

    private static bool IsLetterOrDigit(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    /// <summary>Whether a character has no look of its own and no word ends at it: all that only format, but for the blank of no width.</summary>
    private static bool Formats(Rune rune) => rune.Value != 0x200B && Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
