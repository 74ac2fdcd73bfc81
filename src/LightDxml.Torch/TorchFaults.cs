using System.Runtime.InteropServices;

namespace LightDxml.Torch;

/// <summary>What libtorch throws that a user can do something about, as errors of one line.</summary>
internal static class TorchFaults
{
    /// <summary>The result of <paramref name="work"/>.</summary>
    /// <exception cref="LightDxmlException">Libtorch cannot be loaded, or the device's memory is full.</exception>
    public static T Explained<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception fault) when (Explain(fault) is { } message)
        {
            throw new LightDxmlException(message, fault);
        }
    }

    /// <summary>The message for the user, or null where the fault is not the user's to solve.</summary>
    public static string? Explain(Exception fault) => fault switch
    {
        TypeInitializationException { InnerException: { } inner } => Explain(inner),
        NotSupportedException or DllNotFoundException or BadImageFormatException =>
            $"libtorch could not be loaded: {FirstLine(fault.Message)}",

        // TorchSharp hands on libtorch's errors as this type, and their kind only in the text.
        ExternalException when fault.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase) =>
            $"the device's memory is full ({FirstLine(fault.Message)}); a smaller schedule.batchSize, negatives.hard or encoder.dimensions needs less, engine.device=cpu none of it.",
        _ => null,
    };

    private static string FirstLine(string text) => text.Trim().Split('\n')[0].Trim();
}
