namespace LightDxml.Training;

/// <summary>The factor on every learning rate over the course of training.</summary>
internal static class LearningRateSchedule
{
    private const double CosineFloor = 0.05;

    /// <param name="epoch">Epochs done, with the fraction of the running one.</param>
    public static double Factor(ScheduleOptions options, double epoch)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Rates == RateSchedule.Cosine)
        {
            var share = Math.Clamp(epoch / options.Epochs, 0, 1);
            return CosineFloor + (1 - CosineFloor) * 0.5 * (1 + Math.Cos(Math.PI * share));
        }

        var factor = 1.0;
        double decay = options.FirstDecay, gap = options.FirstDecay;
        while (epoch >= decay)
        {
            factor /= 2;
            gap = Math.Max(5, gap / 2);
            decay += gap;
        }

        return factor;
    }
}
