using LightDxml.Providers;

namespace LightDxml.Encoders;

/// <summary>Pretrained text encoders on ONNX Runtime, for programs that take them: <c>text.encoder=minilm</c>.</summary>
public static class OnnxTextEncoders
{
    /// <summary>
    /// Makes the encoders known to LightDxml. Call it once, before the first training or loading. It loads no runtime; the first
    /// that asks for an encoder does.
    /// </summary>
    public static void Register() => ProviderCatalog.Register("onnx", static () => new OnnxProvider());
}
