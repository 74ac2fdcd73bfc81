using LightDxml.Text.Tokens;
using static TorchSharp.torch;

namespace LightDxml.Torch.Networks;

/// <summary>
/// Adam on vectors of words, at the price of the words of a batch: a batch reads a copy of its own words' vectors, gradients are those of the copy, and a vector takes the steps
/// that it has missed meanwhile when it is read again (<see cref="AdamTensor.StepWithoutGradients"/>).
/// </summary>
internal sealed class WordSteps : IDisposable
{
    // Rows that catch up together: so many at a time bound what is computed beside them.
    private const int RowsTogether = 16_384;

    private readonly WordVectors _vectors;
    private readonly AdamTensor _adam;

    /// <summary>[tokens, 1] the last step that each vector has taken.</summary>
    private readonly Tensor _last;

    private readonly List<(Tensor Words, TorchSharp.Modules.Embedding Vectors)> _read = [];
    private int _step;
    private double _rate;

    public WordSteps(WordVectors vectors)
    {
        _vectors = vectors;
        _adam = new AdamTensor(vectors.All.detach());
        _last = zeros([vectors.All.shape[0], 1], device: vectors.All.device);
        vectors.Steps = this;
    }

    /// <summary>The vectors of a batch's words, whose gradients the next step takes.</summary>
    /// <param name="tokens">[batch, length].</param>
    public Tensor Read(Tensor tokens)
    {
        using var scope = NewDisposeScope();

        // Padding comes first, whether it occurs or not, so that it is known which vector has no gradient.
        var padding = tensor([(long)TokenSequences.Padding], device: tokens.device);
        var (words, places, _) = cat([padding, tokens.flatten()]).unique(sorted: true, return_inverse: true);
        CatchUp(words);
        var vectors = nn.Embedding_from_pretrained(_adam.Parameters.index_select(0, words), freeze: false, padding_idx: 0);
        _read.Add((words.DetachFromDisposeScope(), vectors));
        return vectors.forward(places![TensorIndex.Slice(1)].view(tokens.shape)).MoveToOuterDisposeScope();
    }

    /// <summary>Takes the step along the gradients of what was read since the last one.</summary>
    public void Step(double rate)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        (_step, _rate) = (_step + 1, rate);
        var (words, gradients) = Gradients();
        _adam.StepRows(words, gradients, _step, rate);
        _last.FillRows(words, _step);
        Forget();
    }

    /// <summary>Forgets what was read since the last step.</summary>
    public void Forget()
    {
        foreach (var (words, vectors) in _read)
        {
            words.Dispose();
            vectors.Dispose();
        }

        _read.Clear();
    }

    /// <summary>Takes the steps that vectors have missed.</summary>
    public void CatchUp()
    {
        for (long start = 0; start < _last.shape[0]; start += RowsTogether)
        {
            using var scope = NewDisposeScope();
            CatchUp(arange(start, Math.Min(start + RowsTogether, _last.shape[0]), ScalarType.Int64, _last.device));
        }
    }

    /// <summary>Adam's two means; the vectors have caught up.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Means => _adam.Means;

    /// <summary>Goes on behind a step, with vectors and means of then.</summary>
    public void Restore(int step)
    {
        _step = step;
        using var off = no_grad();
        _last.zero_().Add(step);
    }

    public void Dispose()
    {
        _vectors.Steps = null;
        Forget();
        _adam.Dispose();
        _last.Dispose();
    }

    private void CatchUp(Tensor words)
    {
        using var off = no_grad();
        _adam.StepWithoutGradients(words, _last.index_select(0, words), _step, _rate);
        _last.FillRows(words, _step);
    }

    private (Tensor Words, Tensor Gradients) Gradients()
    {
        if (_read.Count == 1)
            return (_read[0].Words, _read[0].Vectors.weight!.grad!);
        var (words, places, _) = cat([.. _read.Select(read => read.Words)]).unique(sorted: true, return_inverse: true);
        var sum = zeros([words.shape[0], _adam.Parameters.shape[1]], device: words.device);
        return (words, sum.AddRows(places!, cat([.. _read.Select(read => read.Vectors.weight!.grad!)])));
    }
}
