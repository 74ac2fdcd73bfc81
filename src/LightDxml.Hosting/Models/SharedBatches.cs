using LightDxml.Inference;

namespace LightDxml.Hosting.Models;

/// <summary>
/// Predicts texts of different requests together. A text is worked on at once where a processor is free; those that come while all are busy wait
/// for the first that is, and are its next batch: nothing waits for others to come.
/// </summary>
internal sealed class SharedBatches(ModelVersion version) : IThreadPoolWorkItem
{
    /// <summary>Texts of one batch at most, and their characters unless one text has more: the answer to the shortest comes with that to the longest.</summary>
    private const int MostTexts = 32, MostCharacters = 1 << 16;

    private readonly Lock _lock = new();
    private readonly LinkedList<Waiting> _waiting = [];
    private int _workers;

    /// <summary>The labels of a text, the same as if it came alone. To be called between <see cref="ModelVersion.Enter"/> and <see cref="ModelVersion.Exit"/>.</summary>
    /// <param name="cancellation">Ends the wait; a prediction that has begun is for nobody then.</param>
    public Task<PredictedText> PredictAsync(string text, Asked asked, CancellationToken cancellation)
    {
        version.EnterAgain();
        var waiting = new Waiting(text, asked, cancellation);
        var isWorkerNeeded = false;
        lock (_lock)
        {
            _waiting.AddLast(waiting);
            if (_workers < Environment.ProcessorCount)
            {
                _workers++;
                isWorkerNeeded = true;
            }
        }

        if (isWorkerNeeded)
            Queue();
        return waiting.Answer.Task.WaitAsync(cancellation);
    }

    /// <summary>Predicts a batch of what waits, if anything does.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        if (Take() is not { Count: > 0 } batch)
            return;
        Predict(batch);
        Queue();
    }

    /// <summary>Lets a worker go on behind what waits for a thread: answers are written and requests read, which then share the batch.</summary>
    private void Queue() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <summary>The text that waits longest, and others that are asked for in the same way; none where none waits, and the worker ends.</summary>
    private List<Waiting> Take()
    {
        var batch = new List<Waiting>();
        var characters = 0;
        lock (_lock)
        {
            for (var node = _waiting.First; node is not null && batch.Count < MostTexts;)
            {
                var (next, waiting) = (node.Next, node.Value);
                if (waiting.Cancellation.IsCancellationRequested)
                {
                    _waiting.Remove(node);
                    version.Exit();
                }
                else if (batch.Count == 0 || waiting.Asked.IsAs(batch[0].Asked) && characters + waiting.Text.Length <= MostCharacters)
                {
                    _waiting.Remove(node);
                    batch.Add(waiting);
                    characters += waiting.Text.Length;
                }

                node = next;
            }

            if (batch.Count == 0)
                _workers--;
        }

        return batch;
    }

    private void Predict(List<Waiting> batch)
    {
        try
        {
            var predicted = version.Predict([.. batch.Select(waiting => waiting.Text)], batch[0].Asked, CancellationToken.None);
            for (var i = 0; i < batch.Count; i++)
                batch[i].Answer.TrySetResult(predicted[i]);
        }
        catch (Exception fault)
        {
            foreach (var waiting in batch)
                waiting.Answer.TrySetException(fault);
        }
        finally
        {
            // Each had the model open, in case its request gives up.
            foreach (var _ in batch)
                version.Exit();
        }
    }

    private sealed record Waiting(string Text, Asked Asked, CancellationToken Cancellation)
    {
        public TaskCompletionSource<PredictedText> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
