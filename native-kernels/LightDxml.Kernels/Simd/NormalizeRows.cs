using System.Runtime.Intrinsics;

namespace LightDxml.Kernels;

internal sealed partial class SimdKernels
{
    public override void NormalizeRows(ReadOnlySpan<float> source, int rows, int dim, int stride, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, dim);
        source = source[..(rows * stride)];
        destination = destination[..(rows * stride)];
        if (VectorBits == 512)
            Normalize<Lanes512, Vector512<float>>(source, rows, dim, stride, destination);
        else if (VectorBits == 256)
            Normalize<Lanes256, Vector256<float>>(source, rows, dim, stride, destination);
        else
            Normalize<Lanes128, Vector128<float>>(source, rows, dim, stride, destination);
    }

    private static unsafe void Normalize<TLanes, TVector>(ReadOnlySpan<float> source, int rows, int dim, int stride, Span<float> destination)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var whole = dim - dim % TLanes.Count;
        fixed (float* from = source, to = destination)
        {
            for (var r = 0; r < rows; r++)
            {
                var x = from + (long)r * stride;
                var y = to + (long)r * stride;
                var squares = TLanes.Broadcast(0);
                for (var c = 0; c < whole; c += TLanes.Count)
                    squares = TLanes.MultiplyAdd(TLanes.Load(x + c), TLanes.Load(x + c), squares);
                var sum = TLanes.Sum(squares);
                for (var c = whole; c < dim; c++)
                    sum += x[c] * x[c];

                var scale = sum > 0 ? 1 / MathF.Sqrt(sum) : 0;
                for (var c = 0; c < whole; c += TLanes.Count)
                    TLanes.Store(TLanes.Multiply(TLanes.Load(x + c), TLanes.Broadcast(scale)), y + c);
                for (var c = whole; c < dim; c++)
                    y[c] = x[c] * scale;
                new Span<float>(y + dim, stride - dim).Clear();
            }
        }
    }
}
