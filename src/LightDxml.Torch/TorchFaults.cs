using System.Runtime.InteropServices;

namespace LightDxml.Torch;

/// <summary>What libtorch throws that a user can do something about, as errors of one line.</summary>
internal static class TorchFaults
{
    private static readonly string[] MemoryIsFull = ["can't allocate memory", "not enough memory"];
    private static readonly string[] DeviceMemoryIsFull = ["out of memory", "ALLOC_FAILED"];

    /// <summary>What needs less memory: the settings of the engine.</summary>
    public static MemoryAdvice EngineAdvice { get; } = new("a smaller schedule.batchSize, negatives.hard or encoder.dimensions needs less", "engine.device=cpu");

    /// <summary>The same of the networks.</summary>
    public static MemoryAdvice NetworkAdvice { get; } = new("a smaller batchSize, with accumulate, or maxTokens needs less", "device=cpu");

    /// <summary>The result of <paramref name="work"/>.</summary>
    /// <param name="advice">What to do where memory is full; the engine's where nothing is said.</param>
    /// <exception cref="LightDxmlException">Libtorch cannot be loaded, or memory is full.</exception>
    public static T Explained<T>(Func<T> work, MemoryAdvice? advice = null)
    {
        try
        {
            return work();
        }
        catch (Exception fault) when (Explain(fault, advice ?? EngineAdvice) is { } message)
        {
            throw new LightDxmlException(message, fault);
        }
    }

    /// <inheritdoc cref="Explained{T}(Func{T}, MemoryAdvice?)"/>
    public static void Explained(Action work, MemoryAdvice? advice = null) => Explained(
        () =>
        {
            work();
            return true;
        },
        advice);

    /// <summary>The message for the user, or null where the fault is not the user's to solve.</summary>
    private static string? Explain(Exception fault, MemoryAdvice advice) => fault switch
    {
        TypeInitializationException { InnerException: { } inner } => Explain(inner, advice),
        NotSupportedException or DllNotFoundException or BadImageFormatException =>
            $"libtorch could not be loaded: {FirstLine(fault.Message)}",

        // TorchSharp hands on libtorch's errors as this type, and their kind only in the text.
        ExternalException when Says(fault, MemoryIsFull) => $"the machine's memory is full ({FirstLine(fault.Message)}); {advice.Less}.",
        ExternalException when Says(fault, DeviceMemoryIsFull) => $"the device's memory is full ({FirstLine(fault.Message)}); {advice.Less}, {advice.None} none of it.",
        _ => null,
    };

    private static bool Says(Exception fault, string[] phrases) => phrases.Any(phrase => fault.Message.Contains(phrase, StringComparison.OrdinalIgnoreCase));

    private static string FirstLine(string text) => text.Trim().Split('\n')[0].Trim();

    /// <param name="Less">The settings that need less memory.</param>
    /// <param name="None">The setting that needs none of a device's.</param>
    internal sealed record MemoryAdvice(string Less, string None);
}
