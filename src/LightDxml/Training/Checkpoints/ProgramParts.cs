using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Metrics;
using LightDxml.Text;

namespace LightDxml.Training;

/// <summary>The builds of what computes the bits of a model: another build of one may compute others.</summary>
internal static class ProgramParts
{
    /// <summary>A type of each assembly.</summary>
    private static readonly Type[] Types = [typeof(Trainer), typeof(KernelBackends), typeof(TextDocument), typeof(Dataset), typeof(PropensityOptions)];

    /// <param name="more">Types of further assemblies that compute.</param>
    public static string Builds(params ReadOnlySpan<Type> more) => string.Join(' ', Types.Concat(more.ToArray()).Select(type => type.Module.ModuleVersionId));
}
