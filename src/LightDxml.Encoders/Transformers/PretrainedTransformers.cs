using LightDxml.Encoders.Sources;
using LightDxml.TextEncoding;

namespace LightDxml.Encoders.Transformers;

/// <summary>Opens networks of the BERT family to be trained further: an encoder by its name, or a folder.</summary>
internal static class PretrainedTransformers
{
    /// <param name="name">As <c>text.encoder</c> has it; a folder may have <c>model.safetensors</c> in place of an ONNX file.</param>
    /// <exception cref="LightDxmlException">A file is missing, foreign or bad, or the build lacks the encoder.</exception>
    public static PretrainedTransformer Open(string name) => BuiltInEncoder.Find(name)?.OpenTrainable().Transformer ?? EncoderFolder.OpenTransformer(name);
}
