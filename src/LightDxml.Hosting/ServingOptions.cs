using LightDxml.Configuration;

namespace LightDxml.Hosting;

/// <summary>Limits of the service, and who may ask it.</summary>
public sealed record ServingOptions
{
    /// <summary>Bytes of one request at most; of a stream, bytes of one line.</summary>
    public int MaxBodyBytes { get; init; } = 4 << 20;

    /// <summary>Characters of one text at most.</summary>
    public int MaxTextLength { get; init; } = 1_000_000;

    /// <summary>Texts of one request at most.</summary>
    public int MaxTexts { get; init; } = 256;

    /// <summary>Labels that may be asked for a text at most.</summary>
    public int MaxTop { get; init; } = 1000;

    /// <summary>Requests that are worked on at a time; 0 is four for each processor.</summary>
    public int MaxConcurrent { get; init; }

    /// <summary>Requests that wait for their turn at most; others are answered 429 at once.</summary>
    public int MaxWaiting { get; init; } = 256;

    /// <summary>The shortest and the longest time of a timer, in seconds: a millisecond, and 49 days.</summary>
    private const double ShortestTime = 0.001, LongestTime = 49 * 24 * 3600;

    /// <summary>How long a request may take, a millisecond to 49 days; of a stream, how long a line may be waited for, and how long it may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often folders of models are looked at for changes: every millisecond to every 49 days.</summary>
    public TimeSpan WatchInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>SHA-256 of each key that may use the service, in hexadecimal. Without any, everybody may.</summary>
    public IReadOnlyList<string> ApiKeyHashes { get; init; } = [];

    /// <summary>The file in which is kept what people say of labels; null keeps nothing.</summary>
    public string? FeedbackPath { get; init; }

    /// <summary>What that file may grow to.</summary>
    public long MaxFeedbackBytes { get; init; } = 1L << 30;

    /// <summary>Throws where a value is out of its range.</summary>
    /// <exception cref="LightDxmlException">One is.</exception>
    public ServingOptions Validate()
    {
        Check.Positive(MaxBodyBytes, nameof(MaxBodyBytes));
        Check.Positive(MaxTextLength, nameof(MaxTextLength));
        Check.Positive(MaxTexts, nameof(MaxTexts));
        Check.Positive(MaxTop, nameof(MaxTop));
        Check.Range(Timeout.TotalSeconds, ShortestTime, LongestTime, $"{nameof(Timeout)} in seconds");
        Check.Range(WatchInterval.TotalSeconds, ShortestTime, LongestTime, $"{nameof(WatchInterval)} in seconds");
        Check.Positive(MaxFeedbackBytes, nameof(MaxFeedbackBytes));
        if (MaxConcurrent < 0 || MaxWaiting < 0)
            throw new OptionsException($"{nameof(MaxConcurrent)} and {nameof(MaxWaiting)} must not be negative.");
        foreach (var hash in ApiKeyHashes)
        {
            if (hash.Length != 64 || !hash.All(char.IsAsciiHexDigit))
                throw new OptionsException("A key of the API is given by its SHA-256, 64 hexadecimal digits.");
        }

        return this;
    }

    internal int Concurrency => MaxConcurrent > 0 ? MaxConcurrent : 4 * Environment.ProcessorCount;
}
