using Microsoft.Extensions.Hosting;

namespace LightDxml.Hosting.Models;

/// <summary>Loads the models before the service starts, and looks for changes of those that are watched.</summary>
internal sealed class ModelWatch(ServedModels models) : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var model in models.All)
        {
            cancellationToken.ThrowIfCancellationRequested();
            model.Load();
        }

        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var watched = models.All.Where(model => model.Source.Watch).ToArray();
        if (watched.Length == 0)
            return;
        using var timer = new PeriodicTimer(models.Options.WatchInterval);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            foreach (var model in watched)
                model.Refresh();
        }
    }
}
