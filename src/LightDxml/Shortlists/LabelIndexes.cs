using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Training;
namespace LightDxml.Shortlists;
/// <summary>temporary</summary>
public static class LabelIndexes
{
    /// <summary>temporary</summary>
    public static ILabelIndex Create(ShortlistOptions options, DenseMatrix e, KernelSet k, int width, int threads, out string reason) { reason = "tmp"; return new Tmp(e, k); }
    private sealed class Tmp(DenseMatrix e, KernelSet k) : ILabelIndex
    {
        public string Name => "tmp"; public int LabelCount => e.RowCount; public int Dimensions => e.Dimensions;
        public void Search(DenseMatrix d, RankedLabels s, int threads)
        {
            using var sc = new ThreadLocal<(float[], float[])>(() => (new float[32 * LabelCount], new float[k.MatrixMultiplyScratch(32, LabelCount, Dimensions)]));
            RowRanges.ForEach(d.RowCount, 32, threads, (a, b) =>
            {
                var (o, p) = sc.Value; k.MatrixMultiply(d.Rows(a, b - a), d.Stride, false, e.Span, e.Stride, true, b - a, LabelCount, Dimensions, false, p, o, LabelCount);
                for (int i = a; i < b; i++) { var keys = new float[LabelCount]; for (int l = 0; l < LabelCount; l++) keys[l] = -o[(i - a) * LabelCount + l]; var idx = new int[LabelCount]; for (int l = 0; l < LabelCount; l++) idx[l] = l; Array.Sort(keys, idx); for (int j = 0; j < s.Width; j++) { s.Labels(i)[j] = idx[j]; s.Scores(i)[j] = -keys[j]; } }
            });
        }
        public void Search(ReadOnlySpan<float> document, Span<int> labels, Span<float> similarities) => throw new NotSupportedException();
    }
}
