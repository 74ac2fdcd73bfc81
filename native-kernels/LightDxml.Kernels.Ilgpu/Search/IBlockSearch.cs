using ILGPU;
using ILGPU.Runtime;

namespace LightDxml.Kernels.Ilgpu.Search;

/// <summary>The search of one block of queries, with the working memory that one such search needs.</summary>
internal interface IBlockSearch
{
    /// <summary>Enqueues the search and returns where its selection will be.</summary>
    /// <param name="queries">[queryCount, stride].</param>
    SelectionBuffers Enqueue(AcceleratorStream stream, ArrayView<float> queries, int queryCount);
}
