namespace LightDxml.Text.Terms;

/// <summary>
/// The runs of characters of a word that has a blank put at either side: those of each length from shortest to longest; a
/// word that is shorter than a length counts once, as a whole (scikit-learn's <c>char_wb</c>).
/// </summary>
internal sealed class CharacterRuns(int shortest, int longest)
{
    private byte[] _padded = new byte[64];
    private int[] _starts = new int[64];

    public void Of<TSink>(ReadOnlySpan<byte> word, ref TSink sink)
        where TSink : struct, ITokenSink
    {
        if (_padded.Length < word.Length + 2)
        {
            _padded = new byte[2 * word.Length];
            _starts = new int[2 * word.Length];
        }

        _padded[0] = (byte)' ';
        word.CopyTo(_padded.AsSpan(1));
        _padded[word.Length + 1] = (byte)' ';
        var characters = Starts(word.Length + 2);
        for (var length = shortest; length <= longest; length++)
        {
            if (characters <= length)
            {
                sink.Add(_padded.AsSpan(0, word.Length + 2));
                return;
            }

            for (var first = 0; first + length <= characters; first++)
                sink.Add(_padded.AsSpan(_starts[first]..(first + length == characters ? word.Length + 2 : _starts[first + length])));
        }
    }

    /// <summary>Notes where each character starts: every byte but UTF-8's continuations.</summary>
    private int Starts(int length)
    {
        var count = 0;
        for (var i = 0; i < length; i++)
        {
            if ((_padded[i] & 0xC0) != 0x80)
                _starts[count++] = i;
        }

        return count;
    }
}
