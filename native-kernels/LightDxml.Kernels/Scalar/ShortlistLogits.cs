namespace LightDxml.Kernels;

internal partial class ScalarKernels
{
    public override void ShortlistLogits(
        ReadOnlySpan<float> document, ReadOnlySpan<float> classifier, int dim, int stride, ReadOnlySpan<int> shortlist, Span<float> logits)
    {
        for (var j = 0; j < shortlist.Length; j++)
        {
            logits[j] = shortlist[j] < 0
                ? float.NegativeInfinity
                : Dot(document[..dim], classifier.Slice(shortlist[j] * stride, dim));
        }
    }

    private static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var sum = 0f;
        for (var c = 0; c < x.Length; c++)
            sum += x[c] * y[c];
        return sum;
    }
}
