using LightDxml.Training;

namespace LightDxml.TestKit;

/// <summary>Hears of training and says nothing.</summary>
public sealed class SilentObserver : ITrainingObserver
{
    public void Report(TrainingEvent progress)
    {
    }
}
