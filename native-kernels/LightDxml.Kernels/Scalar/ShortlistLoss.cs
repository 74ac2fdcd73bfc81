namespace LightDxml.Kernels;

internal partial class ScalarKernels
{
    public override double ShortlistLoss(
        ReadOnlySpan<float> document, ReadOnlySpan<float> classifier, int dim, int stride,
        ReadOnlySpan<int> shortlist, int positiveCount, ReadOnlySpan<float> positiveWeights, float scale, bool wantLoss,
        Span<float> slotGradients, Span<float> documentGradient)
    {
        var loss = 0.0;
        documentGradient[..dim].Clear();
        for (var j = 0; j < shortlist.Length; j++)
        {
            var row = classifier.Slice(shortlist[j] * stride, dim);
            var logit = Dot(document[..dim], row);
            var target = j < positiveCount ? 1f : 0f;
            var weight = j < positiveWeights.Length ? positiveWeights[j] : 1;
            slotGradients[j] = scale * weight * (Sigmoid(logit) - target);
            for (var c = 0; c < dim; c++)
                documentGradient[c] += slotGradients[j] * row[c];

            // BCE(t, y) = log(1 + eᵗ) − y t, written so that it cannot overflow.
            if (wantLoss)
                loss += weight * (Math.Max(logit, 0) + Math.Log(1 + Math.Exp(-Math.Abs(logit))) - target * logit);
        }

        return scale * loss;
    }
}
