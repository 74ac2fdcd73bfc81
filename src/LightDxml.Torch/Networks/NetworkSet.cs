using LightDxml.Data;
using LightDxml.Text.Tokens;

namespace LightDxml.Torch.Networks;

/// <summary>Documents and the outputs of a network that are right for them.</summary>
/// <param name="Truth">[documents, outputs].</param>
/// <param name="Candidates">[documents, outputs] what the network is asked for, with factors of its probabilities; null where that is every output.</param>
internal sealed record NetworkSet(TokenSequences Documents, SparseMatrix Truth, SparseMatrix? Candidates = null)
{
    public NetworkSet Select(int[] documents) => new(Documents.Select(documents), Truth.SelectRows(documents), Candidates?.SelectRows(documents));
}
