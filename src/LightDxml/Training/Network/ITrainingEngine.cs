using LightDxml.Data;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>
/// Holds the network's parameters while they are trained: one of the two interfaces that parts plug into. The phases, the schedule
/// and the choice of negatives are written once and do not know which engine runs.
/// </summary>
internal interface ITrainingEngine : IDisposable
{
    /// <summary>The engine and what it runs on, for the log: <c>cpu</c>, <c>torch on cuda:0</c>.</summary>
    string Name { get; }

    /// <summary>Encodes every point with dropout off: encodings[i] = z_i.</summary>
    /// <param name="encodings">[points, dimensions], overwritten.</param>
    void Encode(SparseMatrix features, DenseMatrix encodings);

    /// <summary>One step of encoder and classifier on a mini-batch.</summary>
    /// <param name="wantLoss">Compute the loss value; the gradient does not need it.</param>
    /// <returns>Mean loss per point, or 0 when it was not wanted.</returns>
    double Train(MiniBatch batch, LearningRates rates, bool wantLoss);

    /// <summary>The parameters as they stand, to be looked at before the next step: themselves where they are in memory, else a copy.</summary>
    DenseNetwork Current => Export();

    /// <summary>A copy of the parameters as they stand.</summary>
    DenseNetwork Export();

    /// <summary>Writes what the next steps depend on: parameters and the optimiser's state.</summary>
    void Save(SafetensorsWriter state);

    /// <summary>Goes on where an engine of the same kind, sizes and options was saved.</summary>
    /// <exception cref="LightDxmlException">The state is not that of such an engine.</exception>
    void Restore(SafetensorsFile state);
}

/// <summary>Learning rates of one step.</summary>
internal readonly record struct LearningRates(double Embedding, double Residual, double Classifier);
