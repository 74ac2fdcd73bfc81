using System.Numerics.Tensors;
using LightDxml.Data;

namespace LightDxml.Training;

/// <summary>
/// Keeps a square matrix at spectral norm at most 1 by power iteration on WᵀW, one round a step: the direction is kept
/// between steps, and W moves little in one, so that the estimate stays close (Miyato et al., 2018).
/// </summary>
internal sealed class SpectralNorm
{
    private readonly float[] _right;
    private readonly float[] _left;

    public SpectralNorm(int dimensions)
    {
        _right = new float[dimensions];
        _left = new float[dimensions];
        Array.Fill(_right, (float)(1 / Math.Sqrt(dimensions)));
    }

    /// <summary>[dimensions] all that is kept from step to step.</summary>
    public float[] Direction => _right;

    /// <summary>Scales the matrix down when its estimated norm is above 1.</summary>
    /// <returns>The norm that was estimated before scaling.</returns>
    public float Limit(DenseMatrix matrix)
    {
        for (var row = 0; row < _left.Length; row++)
            _left[row] = TensorPrimitives.Dot<float>(matrix.Row(row), _right);
        var norm = TensorPrimitives.Norm<float>(_left);
        if (norm == 0)
            return 0;
        TensorPrimitives.Divide(_left, norm, _left);
        Array.Clear(_right);
        for (var row = 0; row < _left.Length; row++)
            TensorPrimitives.MultiplyAdd(matrix.Row(row), _left[row], _right, _right);
        norm = TensorPrimitives.Norm<float>(_right);
        TensorPrimitives.Divide(_right, norm, _right);
        if (norm > 1)
            TensorPrimitives.Divide(matrix.Span, norm, matrix.Span);
        return norm;
    }
}
