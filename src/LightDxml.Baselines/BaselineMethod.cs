using LightDxml.Data;
using LightDxml.Training;

namespace LightDxml.Baselines;

/// <summary>A method by the name under which it is compared.</summary>
/// <param name="Name">As on the command line: <c>xr-linear</c>.</param>
/// <param name="Description">One line: what it is, after whom.</param>
public sealed record BaselineMethod(string Name, string Description, BaselineMethod.TrainModel Train)
{
    /// <summary>Trains with the method's defaults.</summary>
    /// <param name="threads">Threads at most; 0 is one for each processor.</param>
    public delegate BaselineModel TrainModel(Dataset train, int seed, int threads, ITrainingObserver? observer, CancellationToken stop);
}
