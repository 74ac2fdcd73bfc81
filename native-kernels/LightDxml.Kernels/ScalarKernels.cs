namespace LightDxml.Kernels;

/// <summary>The definition of every kernel: naive loops, readable against the formula, never optimised.</summary>
internal partial class ScalarKernels : KernelSet
{
    public override string Name => "scalar";
}
