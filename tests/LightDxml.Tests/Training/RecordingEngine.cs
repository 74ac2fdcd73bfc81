using LightDxml.Data;
using LightDxml.Models;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

/// <summary>Learns nothing and writes down what it is asked to learn; documents are encoded as their first features.</summary>
internal sealed class RecordingEngine(int features, int labels, int dimensions) : ITrainingEngine
{
    public List<LearningRates> Rates { get; } = [];

    /// <summary>Of every step, each point with its negatives.</summary>
    public List<(int Point, int[] Negatives)[]> Steps { get; } = [];

    public string Name => "recording";

    public double Train(MiniBatch batch, LearningRates rates, bool wantLoss)
    {
        Rates.Add(rates);
        Steps.Add([.. Enumerable.Range(0, batch.Count).Select(i =>
            (batch.Points[i], batch.Slots[(batch.SlotOffsets[i] + batch.PositiveCounts[i])..batch.SlotOffsets[i + 1]].ToArray()))]);
        return 0;
    }

    public void Encode(SparseMatrix features, DenseMatrix encodings)
    {
        for (var row = 0; row < features.RowCount; row++)
        {
            var columns = features.RowColumns(row);
            var values = features.RowValues(row);
            encodings.Row(row).Clear();
            for (var j = 0; j < columns.Length; j++)
                encodings.Row(row)[columns[j] % dimensions] += values[j];
        }
    }

    public DenseNetwork Export() => new(
        new DenseEmbeddings(new DenseMatrix(features, dimensions)), new DenseMatrix(dimensions, dimensions), new DenseMatrix(1, dimensions), new DenseMatrix(labels, dimensions + 1));

    public void Save(SafetensorsWriter state)
    {
    }

    public void Restore(SafetensorsFile state)
    {
    }

    public void Dispose()
    {
    }
}
