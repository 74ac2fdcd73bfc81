using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Text.Tokens;
using LightDxml.TextEncoding;
using LightDxml.Training;

namespace LightDxml.Torch.Networks.Transformers;

/// <summary>Trains a text encoder on documents and their labels.</summary>
internal static class EncoderTrainer
{
    /// <param name="documents">By the encoder's tokenizer.</param>
    /// <returns>The transformer's tensors after training, by their names in BERT.</returns>
    /// <exception cref="LightDxmlException">There are fewer than two labels, the loss is no number any more, or libtorch or the device is not there.</exception>
    public static IReadOnlyDictionary<string, TransformerTensor> Train(
        NetworkOptions options, PretrainedTransformer pretrained, TokenSequences documents, SparseMatrix labels, int seed, int threads, ITrainingObserver? observer, CancellationToken stop)
    {
        if (labels.ColumnCount < 2)
            throw new LightDxmlException($"The documents have {labels.ColumnCount} label{(labels.ColumnCount == 1 ? "" : "s")}; an encoder learns from at least two.");
        using var trained = NetworkTrainer.Train(TextNetworks.Encoder with { Options = options }, pretrained, documents, labels, seed, threads, observer, stop);
        return trained.Transformer!;
    }

    /// <summary>The settings with one of them changed.</summary>
    /// <exception cref="OptionsException">There is no such setting, or the value is not of its type.</exception>
    public static NetworkOptions With(NetworkOptions options, string assignment) => (TextNetworks.Encoder with { Options = options }).With(assignment).Options;
}
