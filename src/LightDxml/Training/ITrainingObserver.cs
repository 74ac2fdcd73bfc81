using LightDxml.Indexes;

namespace LightDxml.Training;

/// <summary>Hears what long work is doing: the one way by which progress, timings and logs leave the library.</summary>
internal interface ITrainingObserver
{
    void Report(TrainingEvent progress);
}

/// <summary>Something that happened in training.</summary>
internal abstract record TrainingEvent;

/// <summary>A choice or fact that a log should hold, for example which label index was chosen and why.</summary>
internal sealed record TrainingNote(string Text) : TrainingEvent;

/// <summary>Work inside a phase: <paramref name="Done"/> of <paramref name="Total"/> units.</summary>
/// <param name="Phase">What is being done: <c>epoch 3 of 12</c>, <c>label embeddings</c>, <c>shortlist</c>.</param>
internal sealed record PhaseProgress(string Phase, long Done, long Total) : TrainingEvent;

/// <summary>An epoch of classifier training ended.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="LearningRate">That of the token embeddings at the epoch's end.</param>
/// <param name="Loss">Mean loss per point over the logged batches.</param>
/// <param name="ValidationP1">P@1 on the validation documents, in 0..1; null where the epoch was not validated.</param>
internal sealed record EpochCompleted(
    int Epoch, int EpochCount, double Loss, double LearningRate, TimeSpan Elapsed, double PointsPerSecond, TimeSpan Remaining, double? ValidationP1) : TrainingEvent;

/// <summary>Label embeddings were trained, or sparse centroids made, and every training point got a new shortlist.</summary>
/// <param name="Recall">Share of the training points' labels that their shortlist holds, in 0..1.</param>
/// <param name="ProxyLoss">Of the label embeddings; null where labels are found by their centroids.</param>
/// <param name="PreparationTime">Of embeddings or centroids.</param>
/// <param name="Unseen">The same for the validation points, by label frequency; empty without validation points.</param>
internal sealed record ShortlistRefreshed(
    int Epoch, string Index, int Width, double Recall, double? ProxyLoss, TimeSpan PreparationTime, TimeSpan SearchTime,
    IReadOnlyList<RecallBin> Unseen) : TrainingEvent;
