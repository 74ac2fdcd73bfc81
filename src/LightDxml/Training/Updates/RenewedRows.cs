using System.Globalization;
using System.Numerics.Tensors;
using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Kernels;
using LightDxml.Kernels.Linear;
using LightDxml.Metrics;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>
/// The rows of both classifiers of labels that have new documents. Labels that are new, or that others were merged into, are solved anew from
/// all of their documents. Of the others the linear SVM goes on from its stored row with the new documents alone, which count as their
/// share of all documents of the label; the row of the dense classifier, which belongs to the encoder, stays.
/// </summary>
/// <param name="encodings">[all documents, dimensions + 1], a constant 1 last.</param>
/// <param name="isChanged">[labels] whether a label is to be solved anew.</param>
/// <param name="counts">[labels] new documents of each.</param>
internal sealed class RenewedRows(
    Model model, UpdateDocuments documents, DenseMatrix encodings, bool[] isChanged, int[] counts, KernelSet kernels, int threads, ITrainingObserver observer)
{
    private const int BlockLabels = 4;

    private readonly TrainingOptions _options = model.Training!.Options;
    private readonly SparseMatrix _labelDocuments = documents.All.Labels.Transpose();
    private readonly DenseMatrix _classifier = model.Network.Classifier.Clone();
    private readonly SparseHeadRows _sparse = Stored(model);
    private readonly double[] _costs = Array.ConvertAll(
        Propensities.Inverse(model.LabelFrequencies!, model.Inference.TrainingDocuments, PropensityOptions.Standard),
        inverse => model.Training!.Options.Sparse.PositiveCost * Math.Pow(inverse, model.Training.Options.Sparse.Propensity));

    public Model Of(CancellationToken cancellation)
    {
        int[] anew = [.. Enumerable.Range(0, counts.Length).Where(label => isChanged[label])];
        int[] further = [.. Enumerable.Range(0, counts.Length).Where(label => !isChanged[label] && counts[label] > 0)];
        SolveAnew(anew, cancellation);
        if (model.Sparse is not null && further.Length > 0)
            GoOn(further, cancellation);
        observer.Report(new TrainingNote(string.Create(
            CultureInfo.InvariantCulture,
            $"classifiers: {anew.Length:N0} labels solved anew, {further.Length:N0} go on from their stored rows")));
        return model with
        {
            Network = model.Network with { Classifier = _classifier },
            Sparse = model.Sparse is null ? null : _sparse.Join(documents.All.FeatureCount, 0, _sparse.Biases.Length),
        };
    }

    private void SolveAnew(int[] labels, CancellationToken cancellation)
    {
        var negatives = (int)Math.Min(documents.All.PointCount, (long)model.Inference.TrainingDocuments * TrainingPlan.SparseWidth(_options, counts.Length) / counts.Length + NegativePoints.Least);
        var known = new KnownRows(_classifier, model.LabelFrequencies!, Array.ConvertAll(isChanged, changed => !changed));
        var solver = Solver(_options.Sparse.Contrast);
        using var workspaces = new ThreadLocal<DualCoordinateDescent.Workspace>(() => new DualCoordinateDescent.Workspace(solver));
        using var denseRows = new ThreadLocal<DenseRow>(() => new DenseRow(encodings, kernels));
        using var nearest = new ThreadLocal<NearestDocuments>(() => new NearestDocuments(encodings, negatives, _options.Seed, kernels));
        ForEach(labels, label =>
        {
            var positive = _labelDocuments.RowColumns(label);
            _classifier.Row(label)[^1] = (float)_options.Encoder.BiasStart;
            _classifier.Row(label)[..^1].Clear();
            denseRows.Value!.Fit(positive, nearest.Value!.Of(label, model.LabelEmbeddings.Row(label), positive), _classifier.Row(label));
            known.Apply(model.LabelFrequencies![label], _classifier.Row(label));
            if (model.Sparse is null)
                return;
            solver.Solve(positive, nearest.Value.Of(label, _classifier.Row(label), positive), _costs[label], Order(label), workspaces.Value!);
            Keep(workspaces.Value!, label, ([], []));
        }, cancellation);
    }

    private void GoOn(int[] labels, CancellationToken cancellation)
    {
        var split = TrainingSplit.Of(documents.Added, validation: null, share: 0, _options.Seed);
        var negatives = new NegativePoints(split, Candidates(cancellation) is { } candidates ? ListedPoints.Of(split.All.Labels, candidates) : null, _options.Seed);
        var solver = Solver(contrast: 0);
        using var workspaces = new ThreadLocal<DualCoordinateDescent.Workspace>(() => new DualCoordinateDescent.Workspace(solver));
        using var negativeRows = new ThreadLocal<NegativePoints.Rows>(() => new NegativePoints.Rows());
        var labelAdded = documents.Added.Labels.Transpose();
        ForEach(labels, label =>
        {
            negatives.Fill(label, labelAdded.RowColumns(label), negativeRows.Value!);
            var positive = _labelDocuments.RowColumns(label)[^counts[label]..];
            int[] negative = [.. negativeRows.Value!.Trained.Select(document => document + documents.FormerCount)];
            var (columns, weights) = _sparse.Weights[label];
            weights = Array.ConvertAll(weights, weight => weight / documents.Scale);
            var share = counts[label] / (double)model.LabelFrequencies![label];
            solver.GoOn(columns, weights, _sparse.Biases[label], positive, negative, _costs[label], share, Order(label), workspaces.Value!);
            Keep(workspaces.Value!, label, (columns, weights));
        }, cancellation);
    }

    /// <summary>Each new document's candidates, as training finds them; null where every label is one.</summary>
    private RankedLabels? Candidates(CancellationToken cancellation)
    {
        var width = TrainingPlan.SparseWidth(_options, counts.Length);
        if (width == counts.Length && !model.Inference.SearchesIndex)
            return null;
        var trained = model with
        {
            Network = model.Network with { Classifier = _classifier },
            ScoreWeights = model.ScoreWeights is { } weights ? weights with { Unseen = null } : null,
        };
        using var finder = new CandidateFinder(trained, null, kernels, threads);
        return finder.Find(documents.Added.Features, width, cancellation);
    }

    private void ForEach(int[] labels, Action<int> solve, CancellationToken cancellation)
    {
        var done = 0;
        RowRanges.ForEach(labels.Length, BlockLabels, threads, (first, end) =>
        {
            for (var i = first; i < end; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                solve(labels[i]);
            }

            observer.Report(new PhaseProgress("classifiers", Interlocked.Add(ref done, end - first), labels.Length));
        });
    }

    private RandomNumbers Order(int label) => new(_options.Seed, RandomPurpose.LinearOrder, label);

    private DualCoordinateDescent Solver(double contrast) => new(
        documents.Scaled.Features, new LinearSolverOptions(_options.Sparse.Cost, _options.Sparse.Tolerance, _options.Sparse.MaxPasses, Contrast: contrast));

    private static SparseHeadRows Stored(Model model)
    {
        var rows = new SparseHeadRows(model.LabelCount);
        if (model.Sparse is not { } sparse)
            return rows;
        for (var label = 0; label < model.LabelCount; label++)
            (rows.Weights[label], rows.Biases[label]) = ((sparse.Weights.RowColumns(label).ToArray(), sparse.Weights.RowValues(label).ToArray()), sparse.Biases[label]);
        return rows;
    }

    /// <summary>Keeps the weights that pruning leaves, and of the row before those of features that the problem lacked.</summary>
    private void Keep(DualCoordinateDescent.Workspace workspace, int label, (int[] Columns, float[] Values) before)
    {
        var (features, weights) = PrunedWeights.Of(workspace.Weights, workspace.Features, (float)_options.Sparse.PruneBelow);
        if (before.Columns.Length > 0)
        {
            var solved = workspace.Features.ToArray().ToHashSet();
            int[] kept = [.. Enumerable.Range(0, before.Columns.Length).Where(i => !solved.Contains(before.Columns[i]))];
            features = [.. features, .. kept.Select(i => before.Columns[i])];
            weights = [.. weights, .. kept.Select(i => before.Values[i])];
        }

        Array.Sort(features, weights);
        TensorPrimitives.Multiply(weights, documents.Scale, weights);
        (_sparse.Weights[label], _sparse.Biases[label]) = ((features, weights), workspace.Bias);
    }
}
