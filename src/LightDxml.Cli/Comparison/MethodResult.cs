using System.Text.Json;
using LightDxml.Storage;

namespace LightDxml.Cli.Comparison;

/// <summary>What one method cost, measured by the process that ran it.</summary>
/// <param name="TrainingSeconds">Wall-clock seconds of training, without reading the data and writing the model.</param>
/// <param name="ProcessorSeconds">Processor seconds of the same, over all threads.</param>
/// <param name="MicrosecondsOneThread">Prediction of a point in one thread, the fastest of the passes.</param>
/// <param name="MicrosecondsAllThreads">The same in all threads.</param>
/// <param name="PeakBytes">The process's greatest working set, from reading the data to the last prediction.</param>
/// <param name="Version">Of the tool.</param>
/// <param name="Encoder">What was in the folder of its text encoder; null where it has none.</param>
internal sealed record MethodResult(
    string Method, int Seed, int Threads, double TrainingSeconds, double ProcessorSeconds,
    double MicrosecondsOneThread, double MicrosecondsAllThreads, long ModelBytes, long PeakBytes, string? Version = null, string? Encoder = null)
{
    public const string FileName = "method.json";

    private static readonly JsonSerializerOptions Layout = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n" };

    public void Write(string path) => AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this, Layout));

    /// <returns>Null where there is no such file, or what is there is none.</returns>
    public static MethodResult? TryRead(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<MethodResult>(File.ReadAllBytes(path), Layout) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
