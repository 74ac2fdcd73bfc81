using LightDxml.Configuration;

namespace LightDxml.Text;

/// <summary>What the terms of a text are.</summary>
public enum TermUnit
{
    /// <summary>Runs of letters, digits and underscores; n-grams are of consecutive words, joined by a blank.</summary>
    Words,

    /// <summary>Runs of characters within a word that has a blank put at either side.</summary>
    Characters,
}

/// <summary>When subwords, runs of characters within words, are terms beside whole words.</summary>
public enum SubwordUse
{
    /// <summary>Where at least 2 % of the words of new documents would be unknown, by the estimate of Good and Turing: the share of the training documents' words that one of them alone has.</summary>
    Auto,

    /// <summary>Never: terms are of whole words.</summary>
    None,

    /// <summary>In any case.</summary>
    Always,
}

/// <summary>What the words are of text in scripts that have no blanks between words: Chinese, Japanese, Thai, Lao, Burmese, Khmer.</summary>
public enum UnsegmentedText
{
    /// <summary>Each character, with its marks, is a word, however short words may be.</summary>
    Characters,

    /// <summary>What stands between blanks and signs is a word, as in other scripts: for text that was segmented into words.</summary>
    Words,
}

/// <summary>How text becomes features: the settings <c>text.*</c>.</summary>
public sealed record TextVectorizerOptions
{
    /// <summary>Terms of raw text: words, characters (runs of characters within words).</summary>
    public TermUnit Unit { get; init; } = TermUnit.Words;

    /// <summary>Shortest n-gram, in words or characters.</summary>
    public int MinNgram { get; init; } = 1;

    /// <summary>Longest n-gram, in words or characters.</summary>
    public int MaxNgram { get; init; } = 2;

    /// <summary>Whether text is lower-cased.</summary>
    public bool Lowercase { get; init; } = true;

    /// <summary>Whether accents are removed from letters.</summary>
    public bool FoldAccents { get; init; }

    /// <summary>Shorter words are ignored.</summary>
    public int MinWordLength { get; init; } = 2;

    /// <summary>Words of scripts without blanks between them (Chinese, Japanese, Thai, Lao, Burmese, Khmer): characters (each is a word), words (what stands between blanks, of text that is segmented).</summary>
    public UnsegmentedText Unsegmented { get; init; } = UnsegmentedText.Characters;

    /// <summary>Whether subwords, runs of characters within words, are terms beside whole words, so that compounds, endings and words that training lacks are known: auto (where at least 2 % of the words of new documents would be unknown), none, always.</summary>
    public SubwordUse Subwords { get; init; } = SubwordUse.Auto;

    /// <summary>Characters of a subword, the start and the end of the word counted as one each.</summary>
    public int SubwordLength { get; init; } = 4;

    /// <summary>Whether emoji and other symbols are words of their own, whatever their length.</summary>
    public bool Symbols { get; init; }

    /// <summary>Terms that occur in fewer training documents are dropped.</summary>
    public int MinDocuments { get; init; } = 2;

    /// <summary>Terms that occur in more than this share of the training documents are dropped, 0 to 1.</summary>
    public double MaxDocumentShare { get; init; } = 1;

    /// <summary>Most terms to keep: those of fewer words first, then those in more documents; 0 = all.</summary>
    public int MaxFeatures { get; init; } = 200_000;

    /// <summary>Whether a term counts as 1 + ln(count) instead of its count.</summary>
    public bool SublinearTf { get; init; } = true;

    /// <summary>How much more a term weighs for its occurrences in the title, which the text counts, too: 1 adds as much as they would have alone; 0 takes the title as the text's beginning.</summary>
    public double TitleWeight { get; init; } = 1;

    /// <summary>Whether inverse document frequencies are computed as if one more document contained every term.</summary>
    public bool SmoothIdf { get; init; } = true;

    /// <summary>0 = a vocabulary is kept; otherwise terms are hashed to 2^hashBits features, whose names are unknown.</summary>
    public int HashBits { get; init; }

    /// <summary>Half of what a table of terms holds: a piece of text is counted before rare terms are forgotten.</summary>
    internal const int MostCountedTerms = 250_000_000;

    /// <summary>Most terms counted at a time; above it the rarest so far are forgotten, which bounds memory.</summary>
    public int MaxCountedTerms { get; init; } = 20_000_000;

    /// <summary>Pretrained text encoder whose vector joins a text's terms: <c>minilm</c>, <c>arctic-xs</c>, a folder, or none.</summary>
    public string Encoder { get; init; } = NoEncoder;

    /// <summary>Tokens that the text encoder reads at a time; its own limit where that is lower.</summary>
    public int EncoderTokens { get; init; } = 256;

    /// <summary>Times so many tokens that the text encoder reads: 1 takes a text's start; of several the vectors are averaged.</summary>
    public int EncoderWindows { get; init; } = 1;

    /// <summary>Name of a prompt of the text encoder that is put before every text; empty: its default, if it has one.</summary>
    public string EncoderPrompt { get; init; } = "";

    /// <summary>Whether the text encoder computes with 8-bit weights: its file of them, where it has one, else made of its floats; at half the cost, with the same accuracy of labels.</summary>
    public bool EncoderEightBit { get; init; } = true;

    internal const string NoEncoder = "none";

    internal bool HasEncoder => Encoder != NoEncoder;

    /// <summary>The settings <c>text.*</c>.</summary>
    internal static SettingTable<TextVectorizerOptions> Table { get; } = WithEncoder(WithTerms(new SettingTable<TextVectorizerOptions>()));

    /// <summary>The settings of terms, as a model without a text encoder keeps them.</summary>
    internal static SettingTable<TextVectorizerOptions> TermTable { get; } = WithTerms(new SettingTable<TextVectorizerOptions>());

    /// <summary>What models did that do not say these settings, since they are older than they.</summary>
    internal static TextVectorizerOptions Earlier { get; } = new() { Unsegmented = UnsegmentedText.Words, Subwords = SubwordUse.None, TitleWeight = 0 };

    /// <summary>The settings of the text encoder, as a model that has one keeps them.</summary>
    internal static SettingTable<TextVectorizerOptions> EncoderTable { get; } = WithEncoder(new SettingTable<TextVectorizerOptions>());

    private static SettingTable<TextVectorizerOptions> WithEncoder(SettingTable<TextVectorizerOptions> table) => table
        .Text("encoder", o => o.Encoder, (o, v) => o with { Encoder = v },
            "pretrained text encoder whose vector joins a text's terms: minilm, arctic-xs, a folder, or none")
        .Whole("encoderTokens", o => o.EncoderTokens, (o, v) => o with { EncoderTokens = v },
            "tokens that the text encoder reads at a time; its own limit where that is lower")
        .Whole("encoderWindows", o => o.EncoderWindows, (o, v) => o with { EncoderWindows = v },
            "times so many tokens that the text encoder reads: 1 takes a text's start; of several the vectors are averaged")
        .Text("encoderPrompt", o => o.EncoderPrompt, (o, v) => o with { EncoderPrompt = v },
            "name of a prompt of the text encoder that is put before every text; empty: its default, if it has one")
        .Flag("encoderEightBit", o => o.EncoderEightBit, (o, v) => o with { EncoderEightBit = v },
            "whether the text encoder computes with 8-bit weights: its file of them, where it has one, else made of its floats; at half the cost, with the same accuracy of labels");

    private static SettingTable<TextVectorizerOptions> WithTerms(SettingTable<TextVectorizerOptions> table) => table
        .Choice("unit", o => o.Unit, (o, v) => o with { Unit = v },
            "terms of raw text: words, characters (runs of characters within words)")
        .Whole("minNgram", o => o.MinNgram, (o, v) => o with { MinNgram = v },
            "shortest n-gram, in words or characters")
        .Whole("maxNgram", o => o.MaxNgram, (o, v) => o with { MaxNgram = v },
            "longest n-gram, in words or characters")
        .Flag("lowercase", o => o.Lowercase, (o, v) => o with { Lowercase = v },
            "whether text is lower-cased")
        .Flag("foldAccents", o => o.FoldAccents, (o, v) => o with { FoldAccents = v },
            "whether accents are removed from letters")
        .Whole("minWordLength", o => o.MinWordLength, (o, v) => o with { MinWordLength = v },
            "shorter words are ignored")
        .Choice("unsegmented", o => o.Unsegmented, (o, v) => o with { Unsegmented = v },
            "words of scripts without blanks between them (Chinese, Japanese, Thai, Lao, Burmese, Khmer): characters (each is a word), words (what stands between blanks, of text that is segmented)")
        .Choice("subwords", o => o.Subwords, (o, v) => o with { Subwords = v },
            "whether subwords, runs of characters within words, are terms beside whole words, so that compounds, endings and words that training lacks are known: auto (where at least 2 % of the words of new documents would be unknown), none, always")
        .Whole("subwordLength", o => o.SubwordLength, (o, v) => o with { SubwordLength = v },
            "characters of a subword, the start and the end of the word counted as one each")
        .Flag("symbols", o => o.Symbols, (o, v) => o with { Symbols = v },
            "whether emoji and other symbols are words of their own, whatever their length")
        .Whole("minDocuments", o => o.MinDocuments, (o, v) => o with { MinDocuments = v },
            "terms that occur in fewer training documents are dropped")
        .Number("maxDocumentShare", o => o.MaxDocumentShare, (o, v) => o with { MaxDocumentShare = v },
            "terms that occur in more than this share of the training documents are dropped, 0 to 1")
        .Whole("maxFeatures", o => o.MaxFeatures, (o, v) => o with { MaxFeatures = v },
            "most terms to keep: those of fewer words first, then those in more documents; 0 = all")
        .Flag("sublinearTf", o => o.SublinearTf, (o, v) => o with { SublinearTf = v },
            "whether a term counts as 1 + ln(count) instead of its count")
        .Number("titleWeight", o => o.TitleWeight, (o, v) => o with { TitleWeight = v },
            "how much more a term weighs for its occurrences in the title, which the text counts, too: 1 adds as much as they would have alone; 0 takes the title as the text's beginning")
        .Flag("smoothIdf", o => o.SmoothIdf, (o, v) => o with { SmoothIdf = v },
            "whether inverse document frequencies are computed as if one more document contained every term")
        .Whole("hashBits", o => o.HashBits, (o, v) => o with { HashBits = v },
            "0 = a vocabulary is kept; otherwise terms are hashed to 2^hashBits features, whose names are unknown")
        .Whole("maxCountedTerms", o => o.MaxCountedTerms, (o, v) => o with { MaxCountedTerms = v },
            "most terms counted at a time; above it the rarest so far are forgotten, which bounds memory");

    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public TextVectorizerOptions Validate()
    {
        Check.Range(MinNgram, 1, 16, "text.minNgram");
        Check.Range(MaxNgram, MinNgram, 16, "text.maxNgram");
        Check.Range(MinWordLength, 1, 1000, "text.minWordLength");
        Check.Range(SubwordLength, 2, 64, "text.subwordLength");
        if (Subwords == SubwordUse.Always && Unit == TermUnit.Characters)
            throw new OptionsException("text.subwords=always needs terms that are words (text.unit=words).");
        Check.Range(MinDocuments, 1, int.MaxValue, "text.minDocuments");
        Check.Range(MaxDocumentShare, 0, 1, "text.maxDocumentShare");
        Check.Range(TitleWeight, 0, 100, "text.titleWeight");
        Check.Range(MaxFeatures, 0, int.MaxValue, "text.maxFeatures");
        Check.Range(HashBits, 0, 28, "text.hashBits");
        Check.Range(MaxCountedTerms, 1000, MostCountedTerms, "text.maxCountedTerms");
        if (string.IsNullOrWhiteSpace(Encoder))
            throw new OptionsException("text.encoder must be minilm, arctic-xs, a folder, or none, but is empty.");
        Check.Range(EncoderTokens, 8, 8192, "text.encoderTokens");
        Check.Range(EncoderWindows, 1, 64, "text.encoderWindows");
        return this;
    }
}
