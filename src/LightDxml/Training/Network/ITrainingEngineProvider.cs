using LightDxml.Models;
using LightDxml.Providers;

namespace LightDxml.Training;

/// <summary>A provider that offers a training engine.</summary>
internal interface ITrainingEngineProvider : IProvider
{
    /// <summary>An engine that starts from a copy of the given parameters.</summary>
    /// <param name="start">The parameters before the first step; the engine does not keep them.</param>
    /// <param name="options">Resolved: nothing in it is left to the data.</param>
    /// <param name="threads">Threads to use on the processor; 0 takes every processor.</param>
    /// <exception cref="LightDxmlException">The device that the options name is not here, or its memory does not suffice.</exception>
    ITrainingEngine CreateEngine(DenseNetwork start, TrainingOptions options, int threads);
}
