using LightDxml.Data;
using LightDxml.Indexes;

namespace LightDxml.Providers;

/// <summary>A provider of label indexes.</summary>
internal interface ILabelIndexProvider : IProvider
{
    /// <summary>The GPU that indexes would be built on, ready for use, or null where there is none. Loads the package.</summary>
    /// <exception cref="LightDxmlException">There is a GPU, but it cannot be used.</exception>
    Gpu? FindGpu();

    /// <summary>Builds the index that <see cref="LabelIndexSettings.Kind"/> names; one that holds memory of its own is <see cref="IDisposable"/>.</summary>
    /// <param name="labelEmbeddings">[labels, dimensions], of unit length; must not change while the index is in use.</param>
    /// <param name="width">Labels that a search will ask for.</param>
    /// <exception cref="LightDxmlException">There is no accelerator, it has too little memory or fails, or the provider is not in the build.</exception>
    ILabelIndex CreateLabelIndex(LabelIndexSettings settings, DenseMatrix labelEmbeddings, int width);
}
