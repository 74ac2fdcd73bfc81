using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using LightDxml.Hosting.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LightDxml.Hosting.Http;

/// <summary>What every request passes: keys, the number of requests at a time, the time-out, counts, and errors as problems.</summary>
internal sealed partial class RequestGate : IDisposable
{
    private static readonly TimeSpan StreamPause = TimeSpan.FromMilliseconds(50);

    private readonly ServedModels _models;
    private readonly ServiceMetrics _metrics;
    private readonly ServingOptions _options;
    private readonly ILogger<RequestGate> _logger;
    private readonly byte[][] _keys;
    private readonly ConcurrencyLimiter _limiter;

    public RequestGate(ServedModels models, ServiceMetrics metrics, ILogger<RequestGate> logger)
    {
        (_models, _metrics, _options, _logger) = (models, metrics, models.Options, logger);
        _keys = [.. _options.ApiKeyHashes.Select(Convert.FromHexString)];
        _limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = _options.Concurrency, QueueLimit = _options.MaxWaiting });
        metrics.Observe(() => _options.Concurrency - _limiter.GetStatistics()!.CurrentAvailablePermits, () => _limiter.GetStatistics()!.CurrentQueuedCount);
    }

    /// <summary>A handler that tells, and does no work to speak of.</summary>
    public RequestDelegate Open(RequestDelegate handler) => async context => await RunAsync(context, handler).ConfigureAwait(false);

    /// <summary>A handler whose requests are counted, and are spans of a trace.</summary>
    public RequestDelegate Counted(string operation, RequestDelegate handler) => async context =>
    {
        // Only names of models are told on: anybody can think of others.
        var model = (context.Request.RouteValues["name"] ?? context.Request.RouteValues["id"]) is string name && _models.Get(name) is not null ? name : "";
        using var activity = ServiceMetrics.Activities.StartActivity(operation)?.SetTag("lightdxml.model", model);
        var start = Stopwatch.GetTimestamp();
        var status = await RunAsync(context, handler).ConfigureAwait(false);
        _metrics.Answered(operation, model, status, Stopwatch.GetElapsedTime(start));
        if (status >= StatusCodes.Status500InternalServerError)
            activity?.SetStatus(ActivityStatusCode.Error);
    };

    /// <summary>A handler that ends in time.</summary>
    public RequestDelegate InTime(RequestDelegate handler) => async context =>
    {
        var client = context.RequestAborted;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(client);
        timeout.CancelAfter(_options.Timeout);
        context.RequestAborted = timeout.Token;
        try
        {
            await handler(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!client.IsCancellationRequested)
        {
            throw new RequestFault(StatusCodes.Status503ServiceUnavailable, $"The request took longer than {_options.Timeout.TotalSeconds:N0} seconds.");
        }
        finally
        {
            context.RequestAborted = client;
        }
    };

    /// <summary>Works in one of the places, once the request is read: a client that sends slowly takes none.</summary>
    /// <exception cref="RequestFault">As many requests wait as may.</exception>
    public async Task<T> WorkAsync<T>(HttpContext context, Func<CancellationToken, Task<T>> work)
    {
        using var place = await _limiter.AcquireAsync(1, context.RequestAborted).ConfigureAwait(false);
        if (place.IsAcquired)
            return await work(context.RequestAborted).ConfigureAwait(false);
        context.Response.Headers.RetryAfter = "1";
        throw new RequestFault(StatusCodes.Status429TooManyRequests, "The service has as many requests as it can work on. Ask again in a second.");
    }

    /// <summary>As <see cref="WorkAsync"/>, for a line of a stream or a part of a long answer: it waits as long as it takes, and its sender with it.</summary>
    public async Task<T> WorkInTurnAsync<T>(HttpContext context, Func<CancellationToken, Task<T>> work)
    {
        for (; ; await Task.Delay(StreamPause, context.RequestAborted).ConfigureAwait(false))
        {
            using var place = await _limiter.AcquireAsync(1, context.RequestAborted).ConfigureAwait(false);
            if (place.IsAcquired)
                return await work(context.RequestAborted).ConfigureAwait(false);
        }
    }

    /// <summary>What the sender of a request is told of what was thrown; null where the client is gone. What the service itself fails at stands in the log, and nothing of it in the answer.</summary>
    public RequestFault? FaultOf(HttpContext context, Exception thrown)
    {
        switch (thrown)
        {
            case RequestFault fault:
                return fault;
            case OperationCanceledException or IOException when context.RequestAborted.IsCancellationRequested:
                return null;
            case BadHttpRequestException fault:
                return new RequestFault(fault.StatusCode, fault.StatusCode == StatusCodes.Status413PayloadTooLarge
                    ? $"The request has more than {_options.MaxBodyBytes:N0} bytes."
                    : "The request could not be read to its end.");
            default:
                Failed(_logger, thrown, context.Request.Path);
                return new RequestFault(StatusCodes.Status500InternalServerError, "The service failed to answer; its log says why.");
        }
    }

    public void Dispose() => _limiter.Dispose();

    /// <returns>What the request is counted as; a stream of answers that ends in an error began as 200.</returns>
    private async Task<int> RunAsync(HttpContext context, RequestDelegate handler)
    {
        SecureHeaders.Add(context.Response.Headers);
        try
        {
            if (!IsAllowed(context.Request))
            {
                context.Response.Headers.WWWAuthenticate = "Bearer";
                throw new RequestFault(StatusCodes.Status401Unauthorized, "The service needs a key, in the header 'Authorization: Bearer KEY'.");
            }

            await handler(context).ConfigureAwait(false);
            return context.RequestAborted.IsCancellationRequested ? StatusCodes.Status499ClientClosedRequest : context.Response.StatusCode;
        }
        catch (Exception thrown)
        {
            if (FaultOf(context, thrown) is not { } fault)
                return StatusCodes.Status499ClientClosedRequest;
            if (!fault.IsTold)
                await Problem.WriteAsync(context, fault.Status, fault.Message).ConfigureAwait(false);
            return fault.Status;
        }
    }

    private bool IsAllowed(HttpRequest request)
    {
        if (_keys.Length == 0)
            return true;
        const string Scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return false;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim()));
        var allowed = false;
        foreach (var key in _keys)
            allowed |= CryptographicOperations.FixedTimeEquals(key, hash);
        return allowed;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A request of {Path} failed.")]
    private static partial void Failed(ILogger logger, Exception fault, string path);
}
