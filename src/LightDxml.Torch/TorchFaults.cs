using System.Runtime.InteropServices;

namespace LightDxml.Torch;

/// <summary>What libtorch throws that a user can do something about, as errors of one line.</summary>
internal static class TorchFaults
{
    /// <summary>What needs less memory: the settings of the engine.</summary>
    public const string EngineAdvice = "a smaller schedule.batchSize, negatives.hard or encoder.dimensions needs less, engine.device=cpu none of it";

    /// <summary>The same of the networks.</summary>
    public const string NetworkAdvice = "a smaller batchSize, with accumulate, or maxTokens needs less, device=cpu none of it";

    /// <summary>The result of <paramref name="work"/>.</summary>
    /// <param name="advice">What to do where the device's memory is full.</param>
    /// <exception cref="LightDxmlException">Libtorch cannot be loaded, or the device's memory is full.</exception>
    public static T Explained<T>(Func<T> work, string advice = EngineAdvice)
    {
        try
        {
            return work();
        }
        catch (Exception fault) when (Explain(fault, advice) is { } message)
        {
            throw new LightDxmlException(message, fault);
        }
    }

    /// <summary>The message for the user, or null where the fault is not the user's to solve.</summary>
    private static string? Explain(Exception fault, string advice) => fault switch
    {
        TypeInitializationException { InnerException: { } inner } => Explain(inner, advice),
        NotSupportedException or DllNotFoundException or BadImageFormatException =>
            $"libtorch could not be loaded: {FirstLine(fault.Message)}",

        // TorchSharp hands on libtorch's errors as this type, and their kind only in the text.
        ExternalException when fault.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase) =>
            $"the device's memory is full ({FirstLine(fault.Message)}); {advice}.",
        _ => null,
    };

    private static string FirstLine(string text) => text.Trim().Split('\n')[0].Trim();
}
