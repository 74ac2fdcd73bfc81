namespace LightDxml.Kernels;

internal partial class ScalarKernels
{
    public override void CombineScores(ReadOnlySpan<float> logits, ReadOnlySpan<float> similarities, float beta, Span<float> scores)
    {
        for (var j = 0; j < scores.Length; j++)
        {
            scores[j] = float.IsNegativeInfinity(logits[j])
                ? float.NegativeInfinity
                : beta * Sigmoid(logits[j]) + (1 - beta) * Sigmoid(similarities[j]);
        }
    }

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
}
