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

/// <summary>How text becomes features: the settings <c>text.*</c>.</summary>
public sealed record TextVectorizerOptions
{
    [Meaning("terms of raw text: words, or characters (runs of characters within words)")]
    public TermUnit Unit { get; init; } = TermUnit.Words;

    [Meaning("shortest n-gram: words or characters of a term, at least")]
    public int MinNgram { get; init; } = 1;

    [Meaning("longest n-gram: words or characters of a term, at most")]
    public int MaxNgram { get; init; } = 2;

    [Meaning("lower-case the text")]
    public bool Lowercase { get; init; } = true;

    [Meaning("take accents and other marks off letters")]
    public bool FoldAccents { get; init; }

    [Meaning("words of fewer characters are passed over")]
    public int MinWordLength { get; init; } = 2;

    [Meaning("terms of fewer training documents are left out")]
    public int MinDocuments { get; init; } = 3;

    [Meaning("terms of more than this share of the training documents are left out, 0 to 1")]
    public double MaxDocumentShare { get; init; } = 1;

    [Meaning("terms to keep at most: shorter ones first, and of one length those of most documents; 0 keeps all")]
    public int MaxFeatures { get; init; } = 200_000;

    [Meaning("weigh a term by 1 + ln(count) in place of its count")]
    public bool SublinearTf { get; init; } = true;

    [Meaning("inverse document frequencies as if one more document had every term")]
    public bool SmoothIdf { get; init; } = true;

    [Meaning("0 keeps a vocabulary; else terms are hashed to 2^hashBits features, of which no names are known")]
    public int HashBits { get; init; }

    [Meaning("terms counted at a time, at most; beyond, the rarest so far are forgotten, to bound memory")]
    public int MaxCountedTerms { get; init; } = 20_000_000;

    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public TextVectorizerOptions Validate()
    {
        Check.Range(MinNgram, 1, 16, "text.minNgram");
        Check.Range(MaxNgram, MinNgram, 16, "text.maxNgram");
        Check.Range(MinWordLength, 1, 1000, "text.minWordLength");
        Check.Range(MinDocuments, 1, int.MaxValue, "text.minDocuments");
        Check.Range(MaxDocumentShare, 0, 1, "text.maxDocumentShare");
        Check.Range(MaxFeatures, 0, int.MaxValue, "text.maxFeatures");
        Check.Range(HashBits, 0, 28, "text.hashBits");
        Check.Range(MaxCountedTerms, 1000, 1_000_000_000, "text.maxCountedTerms");
        return this;
    }
}
