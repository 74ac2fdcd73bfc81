namespace LightDxml.Kernels;

internal partial class ScalarKernels
{
    public override void TopK(ReadOnlySpan<float> scores, Span<int> topIndices, Span<float> topScores)
    {
        topIndices.Fill(-1);
        topScores.Fill(float.NegativeInfinity);
        var filled = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(scores[i]))
                continue;

            // Insertion into the sorted prefix; an equal score stays behind the lower index that came first.
            var slot = filled;
            while (slot > 0 && scores[i] > topScores[slot - 1])
                slot--;
            if (slot >= topIndices.Length)
                continue;
            filled = Math.Min(filled + 1, topIndices.Length);
            for (var move = filled - 1; move > slot; move--)
            {
                topScores[move] = topScores[move - 1];
                topIndices[move] = topIndices[move - 1];
            }

            topScores[slot] = scores[i];
            topIndices[slot] = i;
        }
    }
}
