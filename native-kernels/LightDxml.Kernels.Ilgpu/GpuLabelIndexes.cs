using LightDxml.Providers;

namespace LightDxml.Kernels.Ilgpu;

/// <summary>The label indexes on a GPU, for programs that take them: <c>shortlist.index=gpu</c> and <c>gpu-ivf</c>.</summary>
public static class GpuLabelIndexes
{
    /// <summary>
    /// Makes the indexes known to LightDxml. Call it once, before the first training or prediction. It loads no ILGPU and opens no
    /// device; the first index that is built on a GPU does.
    /// </summary>
    public static void Register() => ProviderCatalog.Register("ilgpu", static () => new IlgpuProvider());
}
