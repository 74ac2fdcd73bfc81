using System.Text;

namespace LightDxml.Fuzz.Tests;

/// <summary>Makes damaged inputs of good ones. The same seed and number give the same input.</summary>
/// <param name="seeds">Good inputs of one form.</param>
internal sealed class Mutator(IReadOnlyList<byte[]> seeds, int seed)
{
    private readonly int _mostBytes = Math.Max(1 << 16, seeds.Max(seed => seed.Length));

    private static readonly string[] Numbers =
    [
        "0", "-0", "-1", "1", "2147483646", "2147483647", "2147483648", "-2147483648", "4294967296", "9223372036854775807", "99999999999999999999999",
        "0.1", "1e30", "1e38", "3.5e38", "1e-46", "1e308", "1e999", "-1e999", "NaN", "Infinity", "-Infinity", "1_000", "0x10", "1e", ".", "-", "+1", "16777216", "65536",
    ];

    private static readonly byte[][] Pieces =
    [
        .. new[] { "\n", "\r\n", "\r", "\t", " ", ",", ";", ":", "|", "\"", "\"\"", "'", "{", "}", "[", "]", "[[", "null", "true", "{}", "[]", "__label__", "\u0000", "\u001b[31m", "\u202E", "\uFEFF", "\uFFFF", "é", "😀", "\\u0000", "\\ud800", "<a>", "</", "&#0;", "&lt;", "@prefix", "<!--", "%", "#", "//" }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0], [0, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0x80], [0x1F, 0x8B], [0, 0, 0xC0, 0x7F], [0, 0, 0x80, 0x7F],
    ];

    public byte[] Create(long number)
    {
        var random = new Random(HashCode(seed, number));
        var input = new List<byte>(seeds[random.Next(seeds.Count)]);
        for (var changes = 1 << random.Next(4); changes > 0; changes--)
            Change(input, random);
        if (input.Count > _mostBytes)
            input.RemoveRange(_mostBytes, input.Count - _mostBytes);
        return [.. input];
    }

    private void Change(List<byte> input, Random random)
    {
        var at = random.Next(input.Count + 1);
        var length = Math.Min(input.Count - at, 1 << random.Next(8));
        switch (random.Next(10))
        {
            case 0 when at < input.Count:
                input[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < input.Count:
                input[at] = (byte)random.Next(256);
                break;
            case 2:
                input.RemoveRange(at, length);
                break;
            case 3:
                input.InsertRange(at, Pieces[random.Next(Pieces.Length)]);
                break;
            case 4 or 5:
                ReplaceNumber(input, at, random);
                break;
            case 6:
                input.InsertRange(random.Next(input.Count + 1), input.GetRange(at, length));
                break;
            case 7:
                var other = seeds[random.Next(seeds.Count)];
                input.RemoveRange(at, input.Count - at);
                input.AddRange(other.AsSpan(Math.Min(other.Length, at)));
                break;
            case 8 when random.Next(4) == 0:
                var piece = input.GetRange(at, Math.Min(length, 16));
                for (var times = 1 << random.Next(12); times > 0 && input.Count < _mostBytes; times--)
                    input.InsertRange(at, piece);
                break;
            case 9 when random.Next(4) == 0:
                input.RemoveRange(at, input.Count - at);
                break;
        }
    }

    /// <summary>Another number in place of the next one, or four bytes of one where there is no text.</summary>
    private static void ReplaceNumber(List<byte> input, int at, Random random)
    {
        while (at < input.Count && !char.IsAsciiDigit((char)input[at]))
            at++;
        var end = at;
        while (end < input.Count && (char.IsAsciiDigit((char)input[end]) || input[end] == '.'))
            end++;
        input.RemoveRange(at, end - at);
        input.InsertRange(at, Encoding.UTF8.GetBytes(Numbers[random.Next(Numbers.Length)]));
    }

    // HashCode.Combine gives another number in every process.
    private static int HashCode(int seed, long number) => unchecked((int)((ulong)(seed * 1_000_003L + number) * 0x9E3779B97F4A7C15 >> 32));
}
