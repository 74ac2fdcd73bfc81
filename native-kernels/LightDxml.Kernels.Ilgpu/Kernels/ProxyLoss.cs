using ILGPU;

namespace LightDxml.Kernels.Ilgpu.Kernels;

/// <summary>
/// The robust distance loss of label-embedding training for a batch of labels: losses[l] = Σ_i log(1 + ‖e_l − x_i‖²) over
/// the label's points i, gradients[l] = scales[l] · Σ_i 2 (e_l − x_i) / (1 + ‖e_l − x_i‖²). A group a label.
/// </summary>
internal static class ProxyLoss
{
    /// <param name="embeddings">[labels, stride]; the padding is zero, here and in the documents.</param>
    /// <param name="offsets">[labels + 1], into <paramref name="points"/>.</param>
    /// <param name="points">Point rows, label after label.</param>
    /// <param name="documents">[points, stride].</param>
    /// <param name="scales">[labels].</param>
    /// <param name="losses">[labels], overwritten.</param>
    /// <param name="gradients">[labels, stride], overwritten.</param>
    public static void Run(
        ArrayView<float> embeddings, ArrayView<int> offsets, ArrayView<int> points, ArrayView<float> documents, ArrayView<float> scales,
        ArrayView<float> losses, ArrayView<float> gradients, int stride)
    {
        var shared = SharedMemory.Allocate1D<float>(GroupSum.MostThreads);
        int label = Grid.IdxX, thread = Group.IdxX, threads = Group.DimX;
        var row = (long)label * stride;
        for (var c = thread; c < stride; c += threads)
            gradients[row + c] = 0f;
        var loss = 0f;
        for (var j = offsets[label]; j < offsets[label + 1]; j++)
        {
            var document = (long)points[j] * stride;
            var distance = 0f;
            for (var c = thread; c < stride; c += threads)
            {
                var difference = embeddings[row + c] - documents[document + c];
                distance += difference * difference;
            }

            distance = GroupSum.Of(distance, shared);
            loss += MathF.Log(1 + distance);
            var factor = scales[label] * 2 / (1 + distance);

            // A column belongs to one thread throughout: its sum needs no barrier.
            for (var c = thread; c < stride; c += threads)
                gradients[row + c] += factor * (embeddings[row + c] - documents[document + c]);
        }

        if (thread == 0)
            losses[label] = loss;
    }
}
