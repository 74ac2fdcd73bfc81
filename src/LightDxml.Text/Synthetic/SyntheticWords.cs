namespace LightDxml.Text.Synthetic;

/// <summary>Made-up words that can be read aloud, one per number: syllables of a consonant and a vowel.</summary>
internal static class SyntheticWords
{
    private const string Consonants = "bdfghjklmnprstvz";
    private const string Vowels = "aeiou";
    private const int Syllables = 16 * 5;
    private const int Range = Syllables * Syllables * Syllables;

    /// <summary>The word of a number below 512,000, at which the words begin to repeat; distinct numbers have distinct words.</summary>
    public static string Word(int number)
    {
        // A multiplier without a common factor with the range is a permutation of it: near numbers get unlike words.
        var rest = (int)((number % Range * 181_081L + 24_691) % Range);
        return string.Create(6, rest, static (letters, value) =>
        {
            for (var syllable = 0; syllable < 3; syllable++)
            {
                letters[2 * syllable] = Consonants[value % Syllables / 5];
                letters[2 * syllable + 1] = Vowels[value % 5];
                value /= Syllables;
            }
        });
    }

    /// <summary>The name of a label: its topic's word and its own.</summary>
    public static string LabelName(int label, int topic) => $"{Word(200_000 + topic)} {Word(300_000 + label)}";
}
