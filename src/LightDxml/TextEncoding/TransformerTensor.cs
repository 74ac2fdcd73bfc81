namespace LightDxml.TextEncoding;

/// <summary>A tensor of a pretrained network.</summary>
/// <param name="Values">Row-major.</param>
internal sealed record TransformerTensor(IReadOnlyList<long> Shape, ReadOnlyMemory<float> Values)
{
    /// <summary>A matrix with rows and columns exchanged.</summary>
    public TransformerTensor Transposed()
    {
        var (rows, columns) = ((int)Shape[0], (int)Shape[1]);
        var from = Values.Span;
        var values = new float[from.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                values[column * rows + row] = from[row * columns + column];
        }

        return new TransformerTensor([columns, rows], values);
    }
}
