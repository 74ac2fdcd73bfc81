using LightDxml.Data;

namespace LightDxml.Training;

/// <summary>A matrix of parameters with Adam's first and second moments beside it.</summary>
internal sealed class AdamMatrix(int rowCount, int dimensions)
{
    public DenseMatrix Parameters { get; } = new(rowCount, dimensions);

    public DenseMatrix FirstMoments { get; } = new(rowCount, dimensions);

    public DenseMatrix SecondMoments { get; } = new(rowCount, dimensions);
}
