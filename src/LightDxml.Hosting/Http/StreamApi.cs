using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using LightDxml.Hosting.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace LightDxml.Hosting.Http;

/// <summary>JSON Lines in, JSON Lines out. A line is answered before the next one is read, and read no faster than answers are taken.</summary>
internal sealed class StreamApi(ServedModels models, RequestGate gate)
{
    private static readonly byte[] LineEnd = [(byte)'\n'];

    private ServingOptions Options => models.Options;

    public async Task RunAsync(HttpContext context)
    {
        var model = ModelApi.ModelOf(models, context);
        var (top, threshold, asked) = Query(context.Request);
        using (var lease = model.Rent())
        {
            // What is asked is wrong now, or never.
            Prediction.Of(lease.Version, top, threshold, Options);
            NameLanguage.Of(lease.Version, asked, context.Request);
        }

        RequestBody.Limit(context, null);
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null; // the time-out of a line holds instead
        context.Response.ContentType = "application/jsonl; charset=utf-8";
        var reader = context.Request.BodyReader;
        var line = 1L;
        try
        {
            for (; await ReadLineAsync(reader, context.RequestAborted).ConfigureAwait(false) is { } json; line++)
            {
                if (line == 1 && json.AsSpan().StartsWith(Encoding.UTF8.Preamble))
                    json = json[Encoding.UTF8.Preamble.Length..];
                if (json.AsSpan().Trim(" \t\r"u8).IsEmpty)
                    continue;
                var number = line;
                await WriteAsync(context, await gate.WorkInTurnAsync(
                    context, cancellation => AnswerAsync(context, model, number, json, top, threshold, asked, cancellation)).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }
        catch (Exception thrown) when (context.Response.HasStarted)
        {
            // The status of the response is sent: the last answer says what ends the stream.
            if (gate.FaultOf(context, thrown) is not { } fault)
                throw;
            await WriteAsync(context, new StreamAnswer(line, null, null, null, Problem.Of(fault.Status, fault.Message))).ConfigureAwait(false);
            throw new RequestFault(fault.Status, fault.Message, isTold: true);
        }
    }

    private static async Task WriteAsync(HttpContext context, StreamAnswer answer)
    {
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(answer, ApiJson.Web.StreamAnswer), context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.WriteAsync(LineEnd, context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private async Task<StreamAnswer> AnswerAsync(HttpContext context, ServedModel model, long line, byte[] json, int? top, string? threshold, string? asked, CancellationToken cancellation)
    {
        JsonElement? id = null;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(Options.Timeout);
        try
        {
            var read = JsonSerializer.Deserialize(json, ApiJson.Web.StreamLine) ?? throw new RequestFault(StatusCodes.Status400BadRequest, "The line is null, and must be an object.");
            if (read.Id is { ValueKind: not (JsonValueKind.String or JsonValueKind.Number) })
                throw new RequestFault(StatusCodes.Status400BadRequest, "id must be a string or a number.");
            if (read.Id is { ValueKind: JsonValueKind.String } written)
                Prediction.TextOf(written, "id");
            id = read.Id;
            var text = Prediction.Checked(read.Text, Options);
            using var lease = model.Rent();
            var predicted = await lease.PredictAsync([text], Prediction.Of(lease.Version, top, threshold, Options), timeout.Token).ConfigureAwait(false);
            var answer = Prediction.Answer(lease.Version, predicted[0], NameLanguage.Of(lease.Version, asked, context.Request));
            return new StreamAnswer(line, id, answer.Labels, answer.Known, null);
        }
        catch (JsonException fault)
        {
            return new StreamAnswer(line, id, null, null, Problem.Of(StatusCodes.Status400BadRequest, $"The line is not an object of text and id alone: {RequestBody.Place(fault)}."));
        }
        catch (RequestFault fault)
        {
            return new StreamAnswer(line, id, null, null, Problem.Of(fault.Status, fault.Message));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new StreamAnswer(line, id, null, null, Problem.Of(StatusCodes.Status503ServiceUnavailable, $"The line took longer than {Options.Timeout.TotalSeconds:N0} seconds."));
        }
    }

    /// <returns>A line without its end, or null at the end of the stream.</returns>
    private async Task<byte[]?> ReadLineAsync(PipeReader reader, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(Options.Timeout);
        for (; ; )
        {
            ReadResult read;
            try
            {
                read = await reader.ReadAsync(timeout.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new RequestFault(StatusCodes.Status408RequestTimeout, $"No line came for {Options.Timeout.TotalSeconds:N0} seconds.");
            }

            var buffer = read.Buffer;
            var end = buffer.PositionOf((byte)'\n');
            if ((end is { } last ? buffer.Slice(0, last) : buffer).Length > Options.MaxBodyBytes)
            {
                reader.AdvanceTo(buffer.End);
                throw new RequestFault(StatusCodes.Status413PayloadTooLarge, $"A line may have {Options.MaxBodyBytes:N0} bytes.");
            }

            if (end is { } found)
            {
                var line = buffer.Slice(0, found).ToArray();
                reader.AdvanceTo(buffer.GetPosition(1, found));
                return line;
            }

            if (read.IsCompleted)
            {
                var rest = buffer.ToArray();
                reader.AdvanceTo(buffer.End);
                return rest.Length == 0 ? null : rest;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static (int? Top, string? Threshold, string? Language) Query(HttpRequest request)
    {
        var (top, threshold, language) = (Value("top"), Value("threshold"), Value("language"));
        if (request.Query.Keys.FirstOrDefault(key => key is not ("top" or "threshold" or "language")) is { } unknown)
            throw new RequestFault(StatusCodes.Status400BadRequest, $"The address may have top, threshold and language, but has '{unknown}'.");
        if (top is null)
            return (null, threshold, language);
        return int.TryParse(top, out var number)
            ? (number, threshold, language)
            : throw new RequestFault(StatusCodes.Status400BadRequest, $"top must be a number, but is '{top}'.");

        string? Value(string key) => request.Query[key].ToString() is { Length: > 0 } value ? value : null;
    }
}
