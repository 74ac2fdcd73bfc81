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
    private const string Format = "lightdxml-network";

    /// <summary>The tensors of its transformer, by their names in BERT; null where it has none.</summary>
    public IReadOnlyDictionary<string, TransformerTensor>? Transformer => (network as TransformerNetwork)?.Export();

    internal TextNetwork Network => network;

    /// <inheritdoc cref="Predict(TokenSequences, SparseMatrix, int, int, CancellationToken)"/>
    public RankedLabels Predict(TokenSequences documents, int top, int threads = 0, CancellationToken stop = default) => Predict(documents, null, top, threads, stop);

    /// <summary>The best labels of every document with their probabilities.</summary>
    /// <param name="candidates">[documents, labels] the labels that are asked for, and factors of their probabilities, of which 0 leaves a label out; null for all labels.</param>
    /// <param name="threads">Threads that libtorch uses on the processor, in the whole program; 0 takes every processor.</param>
    /// <exception cref="LightDxmlException">The documents were read with another vocabulary.</exception>
    public RankedLabels Predict(TokenSequences documents, SparseMatrix? candidates, int top, int threads, CancellationToken stop)
    {
        var ranked = new RankedLabels(documents.DocumentCount, labelCount, top);
        ForEach(documents, threads, (batch, tokens) => Rank(network.Logits(tokens, candidates, batch), candidates, batch, ranked), stop);
        return ranked;
    }

    /// <summary>[documents, width] the texts' vectors, of a network that makes one of a text.</summary>
    /// <inheritdoc cref="Predict(TokenSequences, SparseMatrix, int, int, CancellationToken)"/>
    public DenseMatrix Encode(TokenSequences documents, int threads = 0, CancellationToken stop = default)
    {
        var matcher = (ClusterMatcher)network;
        var vectors = new DenseMatrix(documents.DocumentCount, matcher.Width);
        ForEach(documents, threads, (batch, tokens) => Put(matcher.Vectors(tokens), batch, vectors), stop);
        return vectors;
    }

    /// <summary>Both what <see cref="Encode"/> and what <see cref="Predict(TokenSequences, int, int, CancellationToken)"/> give, of one reading of the documents.</summary>
    public (DenseMatrix Vectors, RankedLabels Best) EncodeAndPredict(TokenSequences documents, int top, int threads = 0, CancellationToken stop = default)
    {
        var matcher = (ClusterMatcher)network;
        var (vectors, best) = (new DenseMatrix(documents.DocumentCount, matcher.Width), new RankedLabels(documents.DocumentCount, labelCount, top));
        ForEach(documents, threads, (batch, tokens) =>
        {
            var ofBatch = matcher.Vectors(tokens);
            Put(ofBatch, batch, vectors);
            Rank(matcher.Match(ofBatch), null, batch, best);
        }, stop);
        return (vectors, best);
    }

    private static void Put(Tensor ofBatch, int[] batch, DenseMatrix vectors)
    {
        var values = ofBatch.cpu().contiguous().data<float>().ToArray().AsSpan();
        for (var i = 0; i < batch.Length; i++)
            values.Slice(i * vectors.Dimensions, vectors.Dimensions).CopyTo(vectors.Row(batch[i]));
    }

    private void Rank(Tensor logits, SparseMatrix? candidates, int[] batch, RankedLabels ranked)
    {
        var probabilities = network.Probabilities(logits);
        if (candidates is not null)
            probabilities *= TokenBatches.Factors(candidates, batch, device);
        var (scores, places) = probabilities.topk(Math.Min(ranked.Width, (int)probabilities.shape[1]));
        var (score, at) = (scores.cpu().data<float>().ToArray(), places.cpu().data<long>().ToArray());
        var width = score.Length / batch.Length;
        for (var i = 0; i < batch.Length; i++)
        {
            for (var place = 0; place < width && (candidates is null || score[i * width + place] > 0); place++)
            {
                var found = (int)at[i * width + place];
                ranked.Labels(batch[i])[place] = candidates is null ? found : candidates.RowColumns(batch[i])[found];
                ranked.Scores(batch[i])[place] = score[i * width + place];
            }
        }
    }

    private void ForEach(TokenSequences documents, int threads, Action<int[], Tensor> act, CancellationToken stop)
    {
        if (documents.TokenCount != tokenCount)
            throw new LightDxmlException($"The documents were read with a vocabulary of {documents.TokenCount} tokens, but the network was trained with {tokenCount}.");
        TorchFaults.Explained(() =>
        {
            set_num_threads(RowRanges.ResolveThreads(threads));
            network.eval();
            using var inference = inference_mode();
            foreach (var batch in TokenBatches.ByLength(documents, family.Options.ReadTogether))
            {
                stop.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                act(batch, TokenBatches.Tokens(documents, batch, network.LeastLength, longest, device));
            }
        }, TorchFaults.NetworkAdvice);
    }

    /// <summary>Writes the network's parameters, by the names that they have in it, and its sizes and settings.</summary>
    public void Save(string folder) => ModelFolder.Save(folder, temporary =>
    {
        var weights = new SafetensorsWriter();
        NetworkTensors.Add(weights, "", network.state_dict());
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
