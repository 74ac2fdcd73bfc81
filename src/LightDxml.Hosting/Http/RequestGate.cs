using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LightDxml.Hosting.Http;

/// <summary>What every request passes: keys, the number of requests at a time, the time-out, and errors as problems.</summary>
internal sealed partial class RequestGate : IDisposable
{
    private readonly ServingOptions _options;
    private readonly ILogger<RequestGate> _logger;
    private readonly byte[][] _keys;
    private readonly ConcurrencyLimiter _limiter;

    public RequestGate(ServingOptions options, ILogger<RequestGate> logger)
    {
        (_options, _logger) = (options, logger);
        _keys = [.. options.ApiKeyHashes.Select(Convert.FromHexString)];
        _limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = options.Concurrency, QueueLimit = options.MaxWaiting });
    }

    /// <summary>A handler that tells, and does no work to speak of.</summary>
    public RequestDelegate Open(RequestDelegate handler) => context => RunAsync(context, handler);

    /// <summary>A handler that predicts: it takes one of the places, and ends in time.</summary>
    public RequestDelegate Limited(RequestDelegate handler, bool isStream = false) => context => RunAsync(context, async _ =>
    {
        using var lease = await _limiter.AcquireAsync(1, context.RequestAborted).ConfigureAwait(false);
        if (!lease.IsAcquired)
        {
            context.Response.Headers.RetryAfter = "1";
            throw new RequestFault(StatusCodes.Status429TooManyRequests, "The service has as many requests as it can work on. Ask again in a second.");
        }

        if (isStream)
        {
            await handler(context).ConfigureAwait(false);
            return;
        }

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
    });

    public void Dispose() => _limiter.Dispose();

    private async Task RunAsync(HttpContext context, RequestDelegate handler)
    {
        try
        {
            if (!IsAllowed(context.Request))
            {
                context.Response.Headers.WWWAuthenticate = "Bearer";
                throw new RequestFault(StatusCodes.Status401Unauthorized, "The service needs a key, in the header 'Authorization: Bearer KEY'.");
            }

            await handler(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there any more to be answered.
        }
        catch (RequestFault fault)
        {
            await Problem.WriteAsync(context, fault.Status, fault.Message).ConfigureAwait(false);
        }
        catch (BadHttpRequestException fault)
        {
            var detail = fault.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? $"The request has more than {_options.MaxBodyBytes:N0} bytes."
                : "The request could not be read to its end.";
            await Problem.WriteAsync(context, fault.StatusCode, detail).ConfigureAwait(false);
        }
        catch (IOException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The connection broke.
        }
        catch (Exception fault)
        {
            // What happened stands in the log, and nothing of it in the answer.
            Failed(_logger, fault, context.Request.Path);
            await Problem.WriteAsync(context, StatusCodes.Status500InternalServerError, "The service failed to answer; its log says why.").ConfigureAwait(false);
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
