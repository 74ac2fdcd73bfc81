using System.Text;
using LightDxml.Text.Tokens;
using LightDxml.TextEncoding;
using LightDxml.Torch.Networks;
using LightDxml.Torch.Networks.Transformers;
using TorchSharp;

namespace LightDxml.Torch.Tests;

/// <summary>Unit vectors of texts by the module, in one batch.</summary>
internal static class TransformerVectors
{
    public static float[][] Of(PretrainedTransformer pretrained, string[] texts) => Of(pretrained, Tokens(pretrained, texts));

    public static float[][] Of(PretrainedTransformer pretrained, TokenSequences documents)
    {
        using var off = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        using var transformer = new Transformer(pretrained, 0.1);
        transformer.eval();
        var (states, isRead) = transformer.forward(TokenBatches.Tokens(documents, [.. Enumerable.Range(0, documents.DocumentCount)], 1, pretrained.MaxTokens, torch.CPU));
        var pooled = StatePooling.Pool(states, isRead, pretrained.Pooling);
        return [.. (pooled / pooled.norm(1, keepdim: true)).data<float>().ToArray().Chunk(pretrained.Width)];
    }

    /// <summary>The tokens of texts, as <see cref="DocumentTokens"/> numbers them.</summary>
    public static TokenSequences Tokens(PretrainedTransformer pretrained, string[] texts)
    {
        var documents = texts.Select(text =>
        {
            var ids = new List<int>();
            pretrained.Tokenizer.Tokenize(Encoding.UTF8.GetBytes(text), pretrained.MaxTokens - pretrained.MarkCount, ids);
            return ids.Select(id => id + 1).ToArray();
        }).ToArray();
        long[] offsets = [0, .. documents.Select((_, i) => documents.Take(i + 1).Sum(ids => (long)ids.Length))];
        return new TokenSequences(offsets, [.. documents.SelectMany(ids => ids)], pretrained.Tokenizer.Size + 1);
    }
}
