using LightDxml.Data;
using LightDxml.Models;
using LightDxml.Text.Tokens;
using LightDxml.TextEncoding;
using LightDxml.Torch.Networks.Transformers;
using static TorchSharp.torch;

namespace LightDxml.Torch.Networks;

/// <summary>A network that ranks the labels of documents of words.</summary>
/// <param name="longest">Words of a document that are read at most.</param>
internal sealed class TrainedNetwork(NetworkFamily family, TextNetwork network, int tokenCount, int labelCount, int longest, Device device) : IDisposable
{
    private const int PredictedTogether = 128;
    private const string Format = "lightdxml-network";

    /// <summary>The tensors of its transformer, by their names in BERT; null where it has none.</summary>
    public IReadOnlyDictionary<string, TransformerTensor>? Transformer => (network as TransformerNetwork)?.Export();

    /// <summary>The best labels of every document with their probabilities.</summary>
    /// <param name="threads">Threads that libtorch uses on the processor, in the whole program; 0 takes every processor.</param>
    /// <exception cref="LightDxmlException">The documents were read with another vocabulary.</exception>
    public RankedLabels Predict(TokenSequences documents, int top, int threads = 0, CancellationToken stop = default)
    {
        set_num_threads(RowRanges.ResolveThreads(threads));
        if (documents.TokenCount != tokenCount)
            throw new LightDxmlException($"The documents were read with a vocabulary of {documents.TokenCount} tokens, but the network was trained with {tokenCount}.");
        var ranked = new RankedLabels(documents.DocumentCount, labelCount, top);
        network.eval();
        using var inference = inference_mode();
        foreach (var batch in TokenBatches.ByLength(documents, PredictedTogether))
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var logits = network.forward(TokenBatches.Tokens(documents, batch, network.LeastLength, longest, device));
            var (scores, labels) = logits.sigmoid().topk(Math.Min(top, labelCount));
            var (score, label) = (scores.cpu().data<float>().ToArray(), labels.cpu().data<long>().ToArray());
            var width = score.Length / batch.Length;
            for (var i = 0; i < batch.Length; i++)
            {
                for (var place = 0; place < width; place++)
                {
                    ranked.Labels(batch[i])[place] = (int)label[i * width + place];
                    ranked.Scores(batch[i])[place] = score[i * width + place];
                }
            }
        }

        return ranked;
    }

    /// <summary>Writes the network's parameters, by the names that they have in it, and its sizes and settings.</summary>
    public void Save(string folder) => ModelFolder.Save(folder, temporary =>
    {
        var weights = new SafetensorsWriter();
        foreach (var (name, parameter) in network.state_dict())
            weights.Add<float>(name, TensorType.F32, parameter.shape, parameter.detach().cpu().contiguous().data<float>().ToArray());
        weights.AddMetadata("format", Format);
        ModelFolder.WriteTensors(temporary, weights);
        ModelFolder.WriteConfiguration(temporary, json =>
        {
            json.WriteString("format", Format);
            json.WriteNumber("formatVersion", 1);
            json.WriteString("network", family.Name);
            json.WriteNumber("tokens", tokenCount);
            json.WriteNumber("labels", labelCount);
            json.WriteNumber("longest", longest);
            json.WritePropertyName("settings");
            family.Settings.WriteJson(family.Options, json);
        });
    });

    public void Dispose() => network.Dispose();
}
