using LightDxml.Data;

namespace LightDxml.Inference;

public sealed partial class Predictor
{
    /// <summary>What is done with a block of documents whose candidates lie in the scratch.</summary>
    /// <param name="features">The documents, their rows of unit norm where the model wants that.</param>
    private delegate void BlockWork(SparseMatrix features, int first, int count, Scratch scratch);

    /// <summary>Encodes all documents in blocks, finds each one's candidates and hands every block on.</summary>
    private void ForEachBlock(SparseMatrix features, int candidates, BlockWork work)
    {
        _encoder.CheckFeatures(features);
        var documents = _unitRows ? UnitRows.Of(features) : features;
        if (_index is null)
        {
            RowRanges.ForEach(documents.RowCount, BlockPoints, _threads, (first, end) =>
            {
                var scratch = _scratch.Value!;
                scratch.Reserve(candidates);
                Encode(documents, first, end - first, scratch);
                Scan(end - first, scratch);
                work(documents, first, end - first, scratch);
            });
            return;
        }

        for (var start = 0; start < documents.RowCount; start += ChunkPoints)
            ForEachBlockOfChunk(documents, start, Math.Min(ChunkPoints, documents.RowCount - start), candidates, work);
    }

    /// <summary>The same for a chunk whose documents are shortlisted together, which the index does faster than one by one.</summary>
    private void ForEachBlockOfChunk(SparseMatrix documents, int start, int count, int candidates, BlockWork work)
    {
        var encodings = new DenseMatrix(count, _network.Dimensions + 1);
        var units = new DenseMatrix(count, _network.Dimensions);
        RowRanges.ForEach(count, BlockPoints, _threads, (first, end) =>
        {
            var scratch = _scratch.Value!;
            Encode(documents, start + first, end - first, scratch);
            scratch.Encodings.Rows(0, end - first).CopyTo(encodings.Rows(first, end - first));
            scratch.Units.Rows(0, end - first).CopyTo(units.Rows(first, end - first));
        });
        var shortlists = new RankedLabels(count, LabelCount, _width);
        _index!.Search(units, shortlists, _threads);
        RowRanges.ForEach(count, BlockPoints, _threads, (first, end) =>
        {
            var scratch = _scratch.Value!;
            scratch.Reserve(candidates);
            encodings.Rows(first, end - first).CopyTo(scratch.Encodings.Span);
            units.Rows(first, end - first).CopyTo(scratch.Units.Span);
            for (var i = first; i < end; i++)
                KeepBest(documents.RowColumns(start + i), documents.RowValues(start + i), i - first, shortlists.Labels(i), shortlists.Scores(i), scratch);
            work(documents, start + first, end - first, scratch);
        });
    }

    private void Encode(SparseMatrix documents, int first, int count, Scratch scratch)
    {
        _encoder.Encode(documents, first, first + count, scratch.Encodings.Rows(0, count), scratch.Encodings.Stride, scratch.Encoder);
        FinishEncodings(count, scratch);
    }

    /// <summary>Puts the constant 1 behind each encoding and makes the copies of unit length.</summary>
    private void FinishEncodings(int count, Scratch scratch)
    {
        for (var i = 0; i < count; i++)
        {
            var encoding = scratch.Encodings.Row(i);
            encoding[.._network.Dimensions].CopyTo(scratch.Units.Row(i));
            encoding[_network.Dimensions] = 1;
        }

        var units = scratch.Units.Rows(0, count);
        _kernels.NormalizeRows(units, count, _network.Dimensions, scratch.Units.Stride, units);
    }

    /// <summary>Candidates of the block's documents: the best logits of all labels.</summary>
    private void Scan(int count, Scratch scratch)
    {
        var classifier = _network.Classifier;
        _kernels.InnerProductTopK(
            scratch.Encodings.Span, count, scratch.Encodings.Stride, classifier.Span, LabelCount, classifier.Stride,
            classifier.Stride, scratch.CandidateCount, scratch.Products, scratch.AllLabels(count), scratch.AllLogits(count));
    }

    /// <summary>Candidates of the block's document i: the nearest labels by embedding and centroid, or the best logits of its shortlist.</summary>
    private void KeepBest(
        ReadOnlySpan<int> columns, ReadOnlySpan<float> values, int i, ReadOnlySpan<int> shortlist, ReadOnlySpan<float> cosines, Scratch scratch)
    {
        var labels = scratch.Labels(i);
        if (_centroids is not null)
        {
            scratch.Joint!.Nearest(scratch.Units.Rows(i, 1), columns, values, shortlist, cosines, labels);
            Logits(i, labels, scratch.Logits(i), scratch);
            return;
        }

        var logits = scratch.Products.AsSpan(0, shortlist.Length);
        Logits(i, shortlist, logits, scratch);
        _kernels.TopK(logits, labels, scratch.Logits(i));
        for (var j = 0; j < labels.Length; j++)
        {
            if (labels[j] >= 0 && float.IsNegativeInfinity(scratch.Logits(i)[j]))
                labels[j] = -1;
            if (labels[j] >= 0)
                labels[j] = shortlist[labels[j]];
        }
    }

    private void Logits(int i, ReadOnlySpan<int> labels, Span<float> logits, Scratch scratch)
    {
        var classifier = _network.Classifier;
        _kernels.ShortlistLogits(scratch.Encodings.Rows(i, 1), classifier.Span, classifier.Stride, classifier.Stride, labels, logits);
    }
}
