using LightDxml.Providers;

namespace LightDxml.TextEncoding;

/// <summary>Opens the encoder that settings name.</summary>
internal static class TextEncoders
{
    private const string Provider = "onnx";

    /// <summary>Checks, before data is read for nothing, that the build can open encoders.</summary>
    /// <exception cref="ProviderMissingException">It cannot; the message says which command changes that.</exception>
    public static void Check(TextEncoderOptions options) => ProviderOf(options);

    /// <exception cref="LightDxmlException">As <see cref="Check"/>, or a file of the encoder or its cache is missing, foreign or bad.</exception>
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

    private static ITextEncoderProvider ProviderOf(TextEncoderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (!ProviderCatalog.Names.Contains(Provider))
            throw new ProviderMissingException($"text.encoder={options.Name}: this program has no text encoders; add the package LightDxml.Encoders and call LightDxml.Encoders.OnnxTextEncoders.Register().");
        var provider = ProviderCatalog.Get(Provider);
        if (provider.WhyMissing is { } reason)
            throw new ProviderMissingException($"text.encoder={options.Name}: {reason}.");
        return provider as ITextEncoderProvider
            ?? throw new ProviderMissingException($"text.encoder={options.Name}: the provider '{provider.Name}' that is registered offers no text encoders.");
    }
}
