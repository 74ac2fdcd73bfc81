using System.Text.Json;

namespace LightDxml.Encoders.Tokens;

/// <summary>The marks that a <c>post_processor</c> of tokenizer.json puts around the tokens of one text.</summary>
internal sealed record TokenMarks(IReadOnlyList<int> Prefix, IReadOnlyList<int> Suffix)
{
    private static readonly TokenMarks None = new([], []);

    public static TokenMarks Of(JsonElement? processor)
    {
        if (processor is not { } part)
            return None;
        return part.GetProperty("type").GetString() switch
        {
            "BertProcessing" or "RobertaProcessing" => new([part.GetProperty("cls")[1].GetInt32()], [part.GetProperty("sep")[1].GetInt32()]),
            "TemplateProcessing" => OfTemplate(part),
            "Sequence" => part.GetProperty("processors").EnumerateArray().Select(step => Of(step)).FirstOrDefault(marks => marks != None) ?? None,
            "ByteLevel" => None,
            var kind => throw new FormatException($"the post_processor is {kind}, which is not supported."),
        };
    }

    private static TokenMarks OfTemplate(JsonElement template)
    {
        List<int> prefix = [], suffix = [];
        var side = prefix;
        foreach (var item in template.GetProperty("single").EnumerateArray())
        {
            if (item.TryGetProperty("Sequence", out _))
                side = suffix;
            else
                side.AddRange(template.GetProperty("special_tokens").GetProperty(item.GetProperty("SpecialToken").GetProperty("id").GetString()!).GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()));
        }

        return new(prefix, suffix);
    }
}
