using System.Text.Json;
using LightDxml.Text.Tokens;
using Microsoft.ML.Tokenizers;

namespace LightDxml.Encoders.Tokens;

/// <summary>Reads <c>tokenizer.json</c> of Hugging Face: WordPiece, byte pairs at the level of bytes, and Unigram. What is not known is refused.</summary>
internal sealed class TokenizerJson
{
    /// <summary>What SentencePiece writes for a blank.</summary>
    private const string Blank = "▁";

    private const string Metaspace = "Metaspace";

    private readonly JsonElement _root;
    private readonly JsonElement _model;
    private readonly string _source;

    private TokenizerJson(JsonElement root, string source)
    {
        _root = root;
        _source = source;
        _model = Part("model") ?? throw Fault("it has no \"model\"");
    }

    /// <param name="source">The file, for messages.</param>
    /// <exception cref="LightDxmlException">It is no such file, or asks for what is not known here.</exception>
    public static ITextTokenizer Read(ReadOnlyMemory<byte> json, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return new TokenizerJson(document.RootElement, source).Read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or ArgumentException or IndexOutOfRangeException)
        {
            throw new LightDxmlException($"{source}: it is not a tokenizer of Hugging Face: {exception.Message}", exception);
        }
    }

    /// <summary>The greatest id and one more: ids may have gaps.</summary>
    public static int SizeOf(Dictionary<string, int> vocabulary) => vocabulary.Values.Max() + 1;

    private ITextTokenizer Read()
    {
        var kind = _model.TryGetProperty("type", out var type) ? type.GetString() : _model.TryGetProperty("merges", out _) ? "BPE" : "WordPiece";
        var marks = TokenMarks.Of(Part("post_processor"));
        CheckAddedTokens();
        return kind switch
        {
            "WordPiece" => WordPiece(marks),
            "BPE" => BytePairs(marks),
            "Unigram" => Unigram(marks),
            _ => throw Fault($"its model is {kind}; WordPiece, BPE or Unigram was expected"),
        };
    }

    private WordPieceTokenizer WordPiece(TokenMarks marks)
    {
        var normalizer = Only("normalizer", "BertNormalizer");
        if (!Flag(normalizer, "clean_text", true))
            throw Fault("its normalizer keeps controls (clean_text is false), which is not supported");
        if (_model.TryGetProperty("max_input_chars_per_word", out var longest) && longest.GetInt32() != WordPieceTokenizer.LongestWord)
            throw Fault($"its words have up to {longest.GetInt32()} characters; {WordPieceTokenizer.LongestWord} was expected");
        var lowerCase = Flag(normalizer, "lowercase", false);
        var words = new BertWords(lowerCase, Flag(normalizer, "strip_accents", lowerCase), Flag(normalizer, "handle_chinese_chars", true));
        if (Only("pre_tokenizer", "BertPreTokenizer") is null || normalizer is null)
            throw Fault($"its WordPiece model has no {(normalizer is null ? "normalizer" : "pre_tokenizer")}, and takes texts as they are, which is not supported; {(normalizer is null ? "BertNormalizer" : "BertPreTokenizer")} was expected");
        if (_model.TryGetProperty("continuing_subword_prefix", out var prefix) && prefix.GetString() != "##")
            throw Fault($"its pieces continue with '{prefix}'; ## was expected");
        var vocabulary = Vocabulary();
        var unknown = _model.TryGetProperty("unk_token", out var token) ? token.GetString()! : "[UNK]";
        return vocabulary.TryGetValue(unknown, out var id)
            ? new WordPieceTokenizer(vocabulary, words, id, marks.Prefix, marks.Suffix)
            : throw Fault($"the vocabulary lacks the unknown token '{unknown}'");
    }

    private PackageTokenizer BytePairs(TokenMarks marks)
    {
        Only("normalizer");
        var bytes = Only("pre_tokenizer", "ByteLevel") ?? throw Fault("its byte pairs are not at the level of bytes; the pre-tokenizer ByteLevel was expected");
        if (!Flag(bytes, "use_regex", true))
            throw Fault("its pre-tokenizer ByteLevel does not part words (use_regex is false), which is not supported");
        CheckMerging();
        var merges = _model.GetProperty("merges").EnumerateArray()
            .Select(merge => merge.ValueKind == JsonValueKind.Array ? $"{merge[0].GetString()} {merge[1].GetString()}" : merge.GetString()!);
        var vocabulary = Vocabulary();
        var options = new BpeOptions(vocabulary) { Merges = merges, ByteLevel = true, PreTokenizer = RobertaPreTokenizer.Instance };
        return new PackageTokenizer(BpeTokenizer.Create(options), SizeOf(vocabulary), Flag(bytes, "add_prefix_space", true) ? text => text.StartsWith(' ') ? text : ' ' + text : text => text, marks.Prefix, marks.Suffix);
    }

    private PackageTokenizer Unigram(TokenMarks marks)
    {
        if (Flag(_model, "byte_fallback", false))
            throw Fault("its Unigram model falls back to bytes, which is not supported");
        CheckMetaspace();
        var map = Array.Empty<byte>();
        foreach (var step in Steps("normalizer"))
        {
            // SentencePiece by itself makes one blank of many, and leaves those at the ends out.
            Known("normalizer", step, "Precompiled", "Strip", "Replace");
            if (step.TryGetProperty("pattern", out var pattern) && !(pattern.TryGetProperty("Regex", out var blanks) && blanks.GetString() == " {2,}" && step.GetProperty("content").GetString() is " " or Blank))
                throw Fault($"its normalizer replaces {pattern.GetRawText()}, which is not supported");
            if (step.TryGetProperty("precompiled_charsmap", out var characters) && characters.ValueKind == JsonValueKind.String)
                map = characters.GetBytesFromBase64();
        }

        var vocabulary = _model.GetProperty("vocab").EnumerateArray().Select(piece => (piece[0].GetString()!, piece[1].GetSingle())).ToArray();
        var unknown = _model.GetProperty("unk_id").GetInt32();
        int[] controls = [.. marks.Prefix, .. marks.Suffix, .. SpecialTokens()];
        using var stream = new MemoryStream(SentencePieceModel.Write(vocabulary, unknown, controls.ToHashSet(), map));
        return new PackageTokenizer(SentencePieceTokenizer.Create(stream, addBeginningOfSentence: false, addEndOfSentence: false), vocabulary.Length, OneBlank, marks.Prefix, marks.Suffix);
    }

    /// <summary>SentencePiece puts a blank before every text, and marks blanks by ▁.</summary>
    private void CheckMetaspace()
    {
        var steps = Steps("pre_tokenizer");
        foreach (var step in steps)
            Known("pre_tokenizer", step, Metaspace, "WhitespaceSplit");
        var marking = steps.Where(step => step.GetProperty("type").GetString() == Metaspace).ToList();
        if (marking.Count == 0)
            throw Fault($"its Unigram model does not mark blanks; the pre-tokenizer {Metaspace} was expected");
        foreach (var step in marking)
        {
            var scheme = step.TryGetProperty("prepend_scheme", out var when) ? when.GetString() : Flag(step, "add_prefix_space", true) ? "always" : "never";
            if (scheme != "always" && !(scheme == "first" && steps.Count == 1))
                throw Fault($"its pre_tokenizer {Metaspace} puts a blank before the text '{scheme}'; 'always' was expected");
            if (step.TryGetProperty("replacement", out var mark) && mark.GetString() != Blank)
                throw Fault($"its pre_tokenizer {Metaspace} marks blanks by '{mark.GetString()}'; {Blank} was expected");
        }
    }

    /// <summary>What changes which pairs are merged, and so the tokens.</summary>
    private void CheckMerging()
    {
        if (Flag(_model, "ignore_merges", false))
            throw Fault("its model takes words of the vocabulary whole (ignore_merges is true), which is not supported");
        if (_model.TryGetProperty("dropout", out var dropout) && dropout.ValueKind == JsonValueKind.Number && dropout.GetDouble() != 0)
            throw Fault($"its model leaves out merges by chance (dropout is {dropout.GetRawText()}), which is not supported");
        foreach (var mark in new[] { "continuing_subword_prefix", "end_of_word_suffix" })
        {
            if (_model.TryGetProperty(mark, out var text) && text.ValueKind == JsonValueKind.String && text.GetString() is { Length: > 0 } given)
                throw Fault($"its byte pairs are marked by '{given}' ({mark}), which is not supported");
        }
    }

    /// <summary>Tokens that are looked for anywhere in texts before the model; marks, which are special, are for what stands around texts.</summary>
    private void CheckAddedTokens()
    {
        if (Part("added_tokens") is { } tokens && tokens.EnumerateArray().FirstOrDefault(token => !Flag(token, "special", false)) is { ValueKind: JsonValueKind.Object } word)
            throw Fault($"its added_tokens have '{word.GetProperty("content").GetString()}', which is not special and would be looked for in texts before its model, which is not supported");
    }

    /// <summary>SentencePiece itself takes blanks alone as white space.</summary>
    private static string OneBlank(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private IEnumerable<int> SpecialTokens() => Part("added_tokens") is { } tokens
        ? tokens.EnumerateArray().Where(token => Flag(token, "special", false)).Select(token => token.GetProperty("id").GetInt32())
        : [];

    private Dictionary<string, int> Vocabulary()
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var token in _model.GetProperty("vocab").EnumerateObject())
            vocabulary[token.Name] = token.Value.GetInt32();
        return vocabulary;
    }

    private JsonElement? Part(string name) => _root.TryGetProperty(name, out var part) && part.ValueKind != JsonValueKind.Null ? part : null;

    /// <summary>A part as a list of steps: one, or those of a sequence.</summary>
    private List<JsonElement> Steps(string name)
    {
        if (Part(name) is not { } part)
            return [];
        return part.GetProperty("type").GetString() != "Sequence" ? [part]
            : part.TryGetProperty("normalizers", out var steps) || part.TryGetProperty("pretokenizers", out steps) ? [.. steps.EnumerateArray()] : [];
    }

    /// <summary>The part's only step, which is of this kind; null where there is none.</summary>
    private JsonElement? Only(string name, params string[] kinds)
    {
        JsonElement? only = null;
        foreach (var step in Steps(name))
        {
            Known(name, step, kinds);
            only = step;
        }

        return only;
    }

    private void Known(string name, JsonElement step, params string[] kinds)
    {
        var kind = step.GetProperty("type").GetString();
        if (!kinds.Contains(kind))
            throw Fault($"its {name} is {kind}, which is not supported; {(kinds.Length == 0 ? "none" : string.Join(" or ", kinds))} was expected");
    }

    private static bool Flag(JsonElement? part, string name, bool otherwise) =>
        part is { } element && element.TryGetProperty(name, out var flag) && flag.ValueKind is JsonValueKind.True or JsonValueKind.False ? flag.GetBoolean() : otherwise;

    private LightDxmlException Fault(string what) => new($"{_source}: {what}.");
}
