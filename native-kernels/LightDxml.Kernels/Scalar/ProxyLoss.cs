namespace LightDxml.Kernels;

internal partial class ScalarKernels
{
    public override double ProxyLoss(
        ReadOnlySpan<float> embedding, ReadOnlySpan<int> points, ReadOnlySpan<float> documents, int documentStride,
        int dim, float scale, Span<float> gradient)
    {
        var loss = 0.0;
        gradient[..dim].Clear();
        foreach (var point in points)
        {
            var distance = 0f;
            for (var c = 0; c < dim; c++)
            {
                var difference = embedding[c] - documents[point * documentStride + c];
                distance += difference * difference;
            }

            loss += Math.Log(1 + (double)distance);
            var factor = scale * 2 / (1 + distance);
            for (var c = 0; c < dim; c++)
                gradient[c] += factor * (embedding[c] - documents[point * documentStride + c]);
        }

        return loss;
    }
}
