using System.Text.Json;
using LightDxml.Hosting.Models;
using LightDxml.Inference;
using Microsoft.Extensions.DependencyInjection;

namespace LightDxml.Hosting.Tests;

/// <summary>Requests that come at once are predicted together, and nobody can tell.</summary>
public sealed class SharedBatchesTests(TicketModel model) : IClassFixture<TicketModel>
{
    private static readonly string[] Words = ["jam", "paper", "toner", "wifi", "router", "slow", "password", "login", "voice", "mute", "zzz"];

    [Fact]
    public async Task Texts_OfManyRequests_GetWhatTheyGetAlone()
    {
        using var provider = Provider();
        using var lease = Rent(provider);
        var version = lease.Version;
        Asked[] asked = [new(1, null, null), new(3, null, null), new(4, "0.4", Decisions.Of("0.4", version.Model)), new(4, "auto", Decisions.Of("auto", version.Model))];
        var random = new Random(7);
        (string Text, Asked Asked)[] requests =
        [
            .. Enumerable.Range(0, 300).Select(i => (string.Join(' ', random.GetItems(Words, i % 9)), asked[random.Next(asked.Length)])),
            (string.Join(' ', random.GetItems(Words, 30_000)), asked[0]),
        ];
        var answers = await Task.WhenAll(requests.Select(request => version.Batches.PredictAsync(request.Text, request.Asked, CancellationToken.None)));
        foreach (var (request, answer) in requests.Zip(answers))
        {
            var alone = version.Predict([request.Text], request.Asked, CancellationToken.None)[0];
            Assert.Equal(request.Text, answer.Document.Text);
            Assert.Equal(alone.Labels, answer.Labels);
            Assert.Equal(alone.IsKnown, answer.IsKnown);
        }
    }

    [Fact]
    public async Task Requests_ThatComeAtOnce_GetTheirOwnAnswers()
    {
        await using var service = await Service.StartAsync(model.Path);
        using var library = TextClassifier.Load(model.Path);
        var random = new Random(8);
        var texts = Enumerable.Range(1, 120).Select(i => (Text: string.Join(' ', random.GetItems(Words, 1 + i % 6)), Top: 1 + i % 4)).ToArray();
        var answers = await Task.WhenAll(texts.Select(one => service.PostAsync("/v1/models/tickets/predict", JsonSerializer.Serialize(new { text = one.Text, top = one.Top }))));
        foreach (var ((text, top), (status, body)) in texts.Zip(answers))
        {
            Assert.Equal(200, status);
            var labels = body.GetProperty("labels").EnumerateArray().Select(label => (label.GetProperty("label").GetString()!, label.GetProperty("score").GetSingle()));
            Assert.Equal(library.Predict(text, top).Select(label => (label.Label, label.Probability)), labels);
        }
    }

    [Fact]
    public async Task Request_ThatGivesUp_LeavesTheOthersAlone_AndTheModelClosesWithTheLast()
    {
        using var provider = Provider();
        var lease = Rent(provider);
        var batches = lease.Version.Batches;
        var asked = new Asked(2, null, null);
        using var gone = new CancellationTokenSource();
        var answers = Enumerable.Range(0, 40).Select(i => batches.PredictAsync("paper jam", asked, i % 2 == 0 ? CancellationToken.None : gone.Token)).ToArray();
        var cancelled = batches.PredictAsync("wifi", asked, new CancellationToken(canceled: true));
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        foreach (var answer in answers.Where((_, i) => i % 2 == 0))
            Assert.Equal("printer", (await answer).Labels[0].Id);

        // The model is let go of while texts may be under way.
        lease.Version.Dispose();
        lease.Dispose();
        for (var attempt = 0; attempt < 200 && lease.Version.Classifier.Shared.IsOpen; attempt++)
            await Task.Delay(10);
        Assert.False(lease.Version.Classifier.Shared.IsOpen);
    }

    [Fact]
    public async Task Fault_IsThatOfEveryTextOfTheBatch_AndTheNextIsAnswered()
    {
        using var provider = Provider();
        using var lease = Rent(provider);
        var batches = lease.Version.Batches;
        var faults = Enumerable.Range(0, 5).Select(_ => batches.PredictAsync("paper", new Asked(-1, null, null), CancellationToken.None)).ToArray();
        foreach (var fault in faults)
            await Assert.ThrowsAnyAsync<Exception>(() => fault);
        Assert.Equal("network", (await batches.PredictAsync("wifi router", new Asked(1, null, null), CancellationToken.None)).Labels[0].Id);
    }

    private ServiceProvider Provider()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddLightDxml().AddModel("tickets", model.Path);
        return services.BuildServiceProvider();
    }

    private static ModelLease Rent(ServiceProvider provider) => provider.GetRequiredService<ServedModels>().Get("tickets")!.Rent();
}
