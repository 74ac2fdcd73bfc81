using System.Text;

namespace LightDxml.Encoders.Tokens;

/// <summary>
/// Writes a Unigram vocabulary as the protocol buffer that SentencePiece has, the only form that Microsoft.ML.Tokenizers reads.
/// Fields are those of sentencepiece_model.proto.
/// </summary>
internal static class SentencePieceModel
{
    private const int Varint = 0, Bytes = 2, Fixed32 = 5;
    private const int NormalPiece = 1, UnknownPiece = 2, ControlPiece = 3;
    private const int UnigramModel = 1;

    /// <param name="controls">Ids of marks, which texts do not contain.</param>
    /// <param name="characterMap">The map of characters that normalises texts; empty for none.</param>
    public static byte[] Write(IReadOnlyList<(string Piece, float Score)> vocabulary, int unknown, IReadOnlyCollection<int> controls, ReadOnlySpan<byte> characterMap)
    {
        using var model = new MemoryStream();
        for (var id = 0; id < vocabulary.Count; id++)
        {
            using var piece = new MemoryStream();
            Field(piece, 1, Encoding.UTF8.GetBytes(vocabulary[id].Piece));
            Tag(piece, 2, Fixed32);
            piece.Write(BitConverter.GetBytes(vocabulary[id].Score));
            Field(piece, 3, id == unknown ? UnknownPiece : controls.Contains(id) ? ControlPiece : NormalPiece);
            Field(model, 1, piece.ToArray());
        }

        using var trainer = new MemoryStream();
        Field(trainer, 3, UnigramModel);
        Field(trainer, 40, unknown);
        Field(trainer, 45, Encoding.UTF8.GetBytes(vocabulary[unknown].Piece));
        Field(model, 2, trainer.ToArray());

        using var normalizer = new MemoryStream();
        Field(normalizer, 2, characterMap);
        foreach (var always in new[] { 3, 4, 5 })
            Field(normalizer, always, 1);
        Field(model, 3, normalizer.ToArray());
        return model.ToArray();
    }

    private static void Field(Stream stream, int field, int value)
    {
        Tag(stream, field, Varint);
        Number(stream, (uint)value);
    }

    private static void Field(Stream stream, int field, ReadOnlySpan<byte> bytes)
    {
        Tag(stream, field, Bytes);
        Number(stream, (uint)bytes.Length);
        stream.Write(bytes);
    }

    private static void Tag(Stream stream, int field, int kind) => Number(stream, (uint)(field << 3 | kind));

    private static void Number(Stream stream, uint value)
    {
        for (; value >= 0x80; value >>= 7)
            stream.WriteByte((byte)(value | 0x80));
        stream.WriteByte((byte)value);
    }
}
