using LightDxml.Data;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>
/// What one refresh found: the shortlists of this process's documents, and what found them. Of the processes of a group each keeps those of a range of
/// documents, which are the most of what training holds for each document.
/// </summary>
/// <param name="Labels">[documents of this process, width].</param>
/// <param name="Parts">[processes + 1] the first document of each.</param>
/// <param name="Rank">This process.</param>
/// <param name="Embeddings">The label embeddings that found them, or null.</param>
/// <param name="Centroids">The sparse centroids that found them, or null.</param>
internal sealed record Shortlists(RankedLabels Labels, int[] Parts, int Rank, DenseMatrix? Embeddings, SparseMatrix? Centroids)
{
    /// <summary>Those of all documents, in one process.</summary>
    public static Shortlists Of(RankedLabels labels) => new(labels, [0, labels.PointCount], 0, null, null);

    /// <summary>The first document of this process.</summary>
    public int First => Parts[Rank];

    public int Width => Labels.Width;

    /// <summary>Whether others have some of them.</summary>
    public bool AreShared => Parts.Length > 2;

    /// <summary>The process that has a document's.</summary>
    public int OwnerOf(int document)
    {
        var owner = 0;
        while (document >= Parts[owner + 1])
            owner++;
        return owner;
    }

    /// <summary>The shortlist of a document of this process.</summary>
    public ReadOnlySpan<int> Of(int document) => Labels.Labels(document - First);

    /// <summary>This process's part; the first process writes what all have, too.</summary>
    public void Write(SafetensorsWriter file)
    {
        file.Add("shortlist", Labels);
        file.Add("first", First);
        if (Rank > 0)
            return;
        if (Embeddings is not null)
            file.Add("labelEmbeddings", Embeddings);
        if (Centroids is not null)
            file.Add("centroids", Centroids);
    }

    /// <summary>This process's part of what others wrote, who may have been another number.</summary>
    public static Shortlists Read(IReadOnlyList<SafetensorsFile> files, int[] parts, int rank)
    {
        RankedLabels? own = null;
        foreach (var file in files)
        {
            var first = file.Whole("first")[0];
            var entry = file.Find("shortlist", TensorType.I32, 2);
            var (count, width) = ((int)entry.Shape[0], (int)entry.Shape[1]);
            own ??= new RankedLabels(parts[rank + 1] - parts[rank], file.Whole("shortlist.labels")[0], width, keepScores: false);
            var (start, end) = (Math.Max(first, parts[rank]), Math.Min(first + count, parts[rank + 1]));
            if (start < end)
                file.Read(entry, (long)(start - first) * width, own.Labels(start - parts[rank], end - start));
        }

        return new Shortlists(
            own!, parts, rank,
            files[0].Has("labelEmbeddings") ? files[0].Matrix("labelEmbeddings") : null,
            files[0].Has("centroids.offsets") ? files[0].Sparse("centroids") : null);
    }
}
