using LightDxml.Training;

namespace LightDxml.TestKit;

/// <summary>Hears of training and says nothing.</summary>
internal sealed class SilentObserver : ITrainingObserver
{
    public void Report(TrainingEvent progress)
    {
    }
}
