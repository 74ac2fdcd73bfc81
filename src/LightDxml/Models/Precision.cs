namespace LightDxml.Models;

#pragma warning disable CA1720 // These are the names that users of model files know the number formats by.
/// <summary>The numbers that parameters are stored as.</summary>
public enum Precision
{
    /// <summary>Four bits, with one scale per row. The sparse classifier's weights take eight bits.</summary>
    Int4,

    /// <summary>Signed bytes, with one scale per row.</summary>
    Int8,

    /// <summary>Single precision.</summary>
    Float32,
}
