using System.Globalization;
using LightDxml.Hosting.Models;
using LightDxml.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LightDxml.Hosting.Tests;

/// <summary>Models that change while they answer.</summary>
public sealed class ReloadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static int Reloads { get; } = int.Parse(Environment.GetEnvironmentVariable("LIGHTDXML_RELOADS") ?? "50", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Reloads_UnderLoad_FailNoRequest_AndDamagedModelsAreRefused()
    {
        using var first = TextClassifier.Train(Tickets.Create(120), Tickets.Quick);
        using var second = TextClassifier.Train(Tickets.Create(120, seed: 2), Tickets.Quick);
        var path = _folder["model"];
        first.Save(path);
        await using var service = await Service.StartAsync(path);
        var model = Served(service);
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var (answered, failed) = (0, 0);
            while (!stop.IsCancellationRequested)
            {
                var (status, _) = await service.PostAsync("/v1/models/tickets/predict", """{"text":"wifi router","top":2}""");
                answered++;
                failed += status == 200 ? 0 : 1;
            }

            return (answered, failed);
        })).ToArray();

        for (var reload = 1; reload <= Reloads; reload++)
        {
            if (reload == Reloads / 2)
            {
                Damage(path);
                Assert.False(model.Refresh());
            }

            (reload % 2 == 0 ? first : second).Save(path);
            Assert.True(model.Refresh());
        }

        await stop.CancelAsync();
        var counts = await Task.WhenAll(clients);
        Assert.Equal(Reloads, model.Reloads);
        Assert.Equal(0, counts.Sum(count => count.failed));
        Assert.True(counts.Sum(count => count.answered) > Reloads);
    }

    [Fact]
    public async Task FilesThatCannotBeReadNow_AreTriedAgain_ThoughTheyHaveNotChanged()
    {
        var path = _folder["held.ldx"];
        await using var service = await StartTrainedAsync(path);
        var served = Served(service);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(1));
        using (File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.False(served.Refresh());
            Assert.False(served.Refresh());
            Assert.Equal(1, served.Refusals);
        }

        Assert.True(served.Refresh());
        Assert.False(served.Refresh());
    }

    [Fact]
    public async Task Model_ForWhichTheMemoryDoesNotSuffice_IsRefusedOnce_AndTheOldOneAnswers()
    {
        var path = _folder["large"];
        await using var service = await StartTrainedAsync(path);
        var isFull = false;
        using var served = new ServedModel(
            Served(service).Source, service.App.Services.GetRequiredService<ServiceMetrics>(), NullLogger.Instance, source => isFull ? throw new InsufficientMemoryException() : ModelVersion.Load(source));
        served.Load();
        isFull = true;
        Touch(1);
        Assert.False(served.Refresh());
        isFull = false;
        Assert.False(served.Refresh());
        Assert.Equal(1, served.Refusals);
        Assert.NotEmpty(served.Predict("wifi router"));
        Touch(2);
        Assert.True(served.Refresh());

        void Touch(int minutes) => File.SetLastWriteTimeUtc(Path.Combine(path, "config.json"), DateTime.UtcNow.AddMinutes(minutes));
    }

    [Fact]
    public async Task Model_ThatChangesWhileItIsLoaded_IsTriedAgain_ThoughItsFilesAreAsTheyWere()
    {
        var path = _folder["restless"];
        await using var service = await StartTrainedAsync(path);
        var (isRestless, time) = (false, DateTime.UtcNow);
        using var served = new ServedModel(Served(service).Source, service.App.Services.GetRequiredService<ServiceMetrics>(), NullLogger.Instance, source =>
        {
            var version = ModelVersion.Load(source);
            if (isRestless)
                Touch(2);
            return version;
        });
        served.Load();
        isRestless = true;
        Touch(1);
        Assert.False(served.Refresh());
        Assert.Equal(1, served.Refusals);
        isRestless = false;
        Touch(1);
        Assert.True(served.Refresh());
        Assert.False(served.Refresh());

        void Touch(int minutes) => File.SetLastWriteTimeUtc(Path.Combine(path, "config.json"), time.AddMinutes(minutes));
    }

    [Fact]
    public async Task LabelNames_OfOtherLabels_AreAStatedError()
    {
        using (var model = TextClassifier.Train(Tickets.Create(120), Tickets.Quick))
            model.Save(_folder["model"]);
        var names = _folder.Write("names.jsonl", """{"id":"Network","name":"Netz"}""");
        var fault = await Assert.ThrowsAsync<LightDxmlException>(() => Service.StartAsync(models => models.AddModel("tickets", _folder["model"], labelNames: names)));
        Assert.StartsWith($"{names}: none of its 1 labels is a label of ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_TakesANewModel()
    {
        var path = _folder["watched"];
        using (var four = TextClassifier.Train(Tickets.Create(120), Tickets.Quick))
            four.Save(path);
        await using var service = await Service.StartAsync(path, new ServingOptions { WatchInterval = TimeSpan.FromMilliseconds(50) }, watch: true);
        using (var three = TextClassifier.Train(Tickets.Create(120).Where(ticket => !ticket.Labels.Contains("phone")), Tickets.Quick))
            three.Save(path);
        var labels = 4;
        for (var attempt = 0; attempt < 200 && labels != 3; attempt++)
        {
            await Task.Delay(50);
            labels = (await service.GetAsync("/v1/models/tickets")).Body.GetProperty("labels").GetInt32();
        }

        Assert.Equal(3, labels);
    }

    [Fact]
    public async Task ModelBehindALink_IsLoaded_WhenItChanges()
    {
        using var first = TextClassifier.Train(Tickets.Create(120), Tickets.Quick);
        using var second = TextClassifier.Train(Tickets.Create(120, seed: 2), Tickets.Quick);
        first.Save(_folder["real.ldx"]);
        File.CreateSymbolicLink(_folder["middle.ldx"], _folder["real.ldx"]);
        var link = File.CreateSymbolicLink(_folder["link.ldx"], _folder["middle.ldx"]).FullName;
        await using var service = await Service.StartAsync(link);
        Assert.False(Served(service).Refresh());
        second.Save(link);
        Assert.True(Served(service).Refresh());
        Assert.False(Served(service).Refresh());
    }

    [Fact]
    public async Task LabelNamesAndFilesOfAFolder_BehindLinks_AreLoaded_WhenTheyChange()
    {
        using (var model = TextClassifier.Train(Tickets.Create(120), Tickets.Quick))
            model.Save(_folder["model"]);
        var (part, real) = (Path.Combine(_folder["model"], "vocabulary.txt"), _folder["vocabulary.txt"]);
        File.Move(part, real);
        File.CreateSymbolicLink(part, real);
        var names = _folder.Write("names.jsonl", """{"id":"network","name":"Netz"}""");
        var link = File.CreateSymbolicLink(_folder["link.jsonl"], names).FullName;
        await using var service = await Service.StartAsync(models => models.AddModel("tickets", _folder["model"], labelNames: link));
        Assert.False(Served(service).Refresh());
        File.WriteAllText(names, """{"id":"network","name":"Netze"}""");
        Assert.True(Served(service).Refresh());
        File.SetLastWriteTimeUtc(real, DateTime.UtcNow.AddMinutes(1));
        Assert.True(Served(service).Refresh());
        Assert.False(Served(service).Refresh());
    }

    [Fact]
    public async Task OldVersion_StaysOpen_UntilItsLastRequestEnds()
    {
        var path = _folder["held"];
        await using var service = await StartTrainedAsync(path);
        var served = Served(service);
        using (var lease = served.Rent())
        {
            File.SetLastWriteTimeUtc(Path.Combine(path, "config.json"), DateTime.UtcNow.AddMinutes(1));
            Assert.True(served.Refresh());
            Assert.NotEmpty((await lease.PredictAsync(["wifi router"], new Asked(1, null, null), CancellationToken.None))[0].Labels);
            Assert.Throws<ObjectDisposedException>(lease.Version.Enter);
        }

        Assert.NotEmpty(served.Predict("wifi router"));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<Service> StartTrainedAsync(string path)
    {
        using var model = TextClassifier.Train(Tickets.Create(120), Tickets.Quick);
        model.Save(path);
        return await Service.StartAsync(path);
    }

    private static ServedModel Served(Service service) => service.App.Services.GetRequiredService<ServedModels>().Get("tickets")!;

    private static void Damage(string path) => File.Delete(Path.Combine(path, "vocabulary.txt"));
}
