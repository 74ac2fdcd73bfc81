using LightDxml.Encoders.Protocol;

namespace LightDxml.Encoders.Tokens;

/// <summary>
/// Writes a Unigram vocabulary as the protocol buffer that SentencePiece has, the only form that Microsoft.ML.Tokenizers reads.
/// Fields are those of sentencepiece_model.proto.
/// </summary>
internal static class SentencePieceModel
{
    private const int NormalPiece = 1, UnknownPiece = 2, ControlPiece = 3;
    private const int UnigramModel = 1;

    /// <param name="controls">Ids of marks, which texts do not contain.</param>
    /// <param name="characterMap">The map of characters that normalises texts; empty for none.</param>
    public static byte[] Write(IReadOnlyList<(string Piece, float Score)> vocabulary, int unknown, IReadOnlyCollection<int> controls, ReadOnlySpan<byte> characterMap)
    {
        var model = new FieldWriter();
        for (var id = 0; id < vocabulary.Count; id++)
        {
            model.Part(1, new FieldWriter()
                .Text(1, vocabulary[id].Piece)
                .Single(2, vocabulary[id].Score)
                .Number(3, id == unknown ? UnknownPiece : controls.Contains(id) ? ControlPiece : NormalPiece));
        }

        model.Part(2, new FieldWriter().Number(3, UnigramModel).Number(40, unknown).Text(45, vocabulary[unknown].Piece));
        return model.Part(3, new FieldWriter().Part(2, characterMap).Number(3, 1).Number(4, 1).Number(5, 1)).ToArray();
    }
}
