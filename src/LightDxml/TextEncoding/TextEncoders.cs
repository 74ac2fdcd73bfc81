using LightDxml.Providers;
using LightDxml.Text;
using LightDxml.Text.Vectors;

namespace LightDxml.TextEncoding;

/// <summary>Opens the encoder that settings name.</summary>
internal static class TextEncoders
{
    private const string Provider = "onnx";

    /// <exception cref="ProviderMissingException">The build cannot open encoders; the message says which command changes that.</exception>
    /// <exception cref="LightDxmlException">A file of the encoder or its cache is missing, foreign or bad.</exception>
    public static ITextEncoder Open(TextEncoderOptions options)
    {
        var encoder = ProviderOf(options).OpenTextEncoder(options);
        if (options.CacheFolder.Length == 0)
            return encoder;
        try
        {
            return new CachedTextEncoder(encoder, options.CacheFolder);
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }

    /// <summary>The encoder that the settings of text name, without a cache; null where they name none.</summary>
    /// <exception cref="LightDxmlException">As <see cref="Open(TextEncoderOptions)"/>.</exception>
    public static ITextEncoder? Open(TextVectorizerOptions text) => TextEncoderOptions.Of(text) is { } options ? Open(options) : null;

    /// <summary>The encoder that a model was trained with; null where it was with none.</summary>
    /// <param name="fingerprint">That of the encoder in training.</param>
    /// <param name="model">What messages call the model.</param>
    /// <exception cref="LightDxmlException">It cannot be opened, or is another one.</exception>
    public static ITextEncoder? OpenFor(string model, TextVectorizerOptions text, string? fingerprint)
    {
        ITextEncoder? encoder;
        try
        {
            encoder = Open(text);
        }
        catch (ProviderMissingException fault)
        {
            throw new ProviderMissingException($"{model} reads text with a text encoder. {fault.Message}", fault);
        }
        catch (LightDxmlException fault)
        {
            throw new LightDxmlException($"{model} reads text with a text encoder that cannot be opened. {fault.Message}", fault);
        }

        if (encoder is null || encoder.Fingerprint == fingerprint)
            return encoder;
        var found = encoder.Fingerprint;
        encoder.Dispose();
        throw new LightDxmlException(
            $"{model} was trained with another text encoder than the '{text.Encoder}' that is here: its fingerprint begins with {Start(fingerprint)}, that of this one with {Start(found)}. "
            + "Vectors of another encoder would give wrong labels. Put the encoder of the training back, or train again.");
    }

    private static string Start(string? fingerprint) => fingerprint is { Length: > 16 } ? fingerprint[..16] : fingerprint ?? "nothing";

    private static ITextEncoderProvider ProviderOf(TextEncoderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var provider = ProviderCatalog.Get(Provider, $"text.encoder={options.Name}", "LightDxml.Encoders.OnnxTextEncoders.Register");
        return provider as ITextEncoderProvider
            ?? throw new ProviderMissingException($"text.encoder={options.Name}: the provider '{provider.Name}' that is registered offers no text encoders.");
    }
}
