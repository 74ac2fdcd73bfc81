namespace LightDxml.Kernels;

/// <summary>
/// The numeric operations of LightDxml, one partial file per operation. Every member works on the range of rows that
/// it is given, in the caller's thread, allocates nothing, and computes each output element in an order that does not
/// depend on the range: callers may cut the rows among any number of threads and get the same bits.
/// <para>Matrices are row-major; <c>stride</c> is the distance between rows in floats, at least the dimension used.
/// Inputs come first, then sizes and options, then the destination.</para>
/// </summary>
internal abstract partial class KernelSet
{
    /// <summary>The name that selects this set: <c>scalar</c> or <c>simd</c>.</summary>
    public abstract string Name { get; }
}
