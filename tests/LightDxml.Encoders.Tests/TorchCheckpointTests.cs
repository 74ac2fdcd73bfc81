using LightDxml.Encoders.Protocol;
using LightDxml.Encoders.Transformers;

namespace LightDxml.Encoders.Tests;

public sealed class TorchCheckpointTests : IDisposable
{
    /// <summary>
    /// Made by Python's pickle and zipfile in the layout of torch.save: bert.a.weight [2, 3] at 1 to 6 and bert.a.LayerNorm.gamma [2] at 0 to 1 of seven floats
    /// 0 … 6; two halves, two bfloat16, and a whole number.
    /// </summary>
    private const string Checkpoint =
        "UEsDBBQAAAAIAAAAIQAKeAKLigEAADwCAAAKAAAAbS9kYXRhLnBrbFWRS2/TQBSFbSdpqKHQUlpe5dF3Aq1pgsQPQAghTQWq2czOmthTz0h+9MzcFLGoxKaR+q+Z2CWoK0vX937fOZo/QZrWRSFT0n"
        + "Vlwx8mk0ZmX3RKIbxhDH/AVzzPm0hDkYh+SZ0rQpBSbVIVJVPShQ0TIydTXWQJycrWJrkch+gMBrzvDq3bFLlEtz0Jvxa1oJ/tMESP+27nBEu8477pxRR91ifcO2M+C1hnhmXWYf4M4Y2ah7lPeBBj"
        + "hW/+T3QqfkvzvTZllIuyFHionFl1VU8tqYb16Ix5LLjGKvOvsdZyHhPWYzzhXcdRojjHRnt1m/GbGy0ibjYRR3jqcAHhmcOpVXULek54EeMl780DGaErbN0hfW7qjj4taK8a2hivW9qbeThXdYa3rq"
        + "8rut1ydwi7Mfb41r+ispzILNNVbqOL2ur5YyU6s9i/ozutq3yhOmhUH3HoVD5h0KqcY6iGreUd4X2Mo+kVjvmy201KSSITJBA1/z9wN/RwcoVR85aX0lgnxpj51tpJ9BdQSwMEFAAAAAgAAAAhAO1Y"
        + "iDoUAAAAHAAAAAgAAABtL2RhdGEvMGNgAIEGeyDhAERA3ADEC4D4gAMAUEsDBBQAAAAIAAAAIQA21dWUBgAAAAQAAAAIAAAAbS9kYXRhLzFjsGM4AABQSwMEFAAAAAgAAAAhAAdRWuMGAAAABAAAAA"
        + "gAAABtL2RhdGEvMjtgz3AAAFBLAwQUAAAACAAAACEAad8iZQUAAAAIAAAACAAAAG0vZGF0YS8zY2CAAABQSwMEFAAAAAgAAAAhANGeZ1UEAAAAAgAAAAkAAABtL3ZlcnNpb24z5gIAUEsBAhQDFAAA"
        + "AAgAAAAhAAp4AouKAQAAPAIAAAoAAAAAAAAAAAAAAIABAAAAAG0vZGF0YS5wa2xQSwECFAMUAAAACAAAACEA7ViIOhQAAAAcAAAACAAAAAAAAAAAAAAAgAGyAQAAbS9kYXRhLzBQSwECFAMUAAAACA"
        + "AAACEANtXVlAYAAAAEAAAACAAAAAAAAAAAAAAAgAHsAQAAbS9kYXRhLzFQSwECFAMUAAAACAAAACEAB1Fa4wYAAAAEAAAACAAAAAAAAAAAAAAAgAEYAgAAbS9kYXRhLzJQSwECFAMUAAAACAAAACEA"
        + "ad8iZQUAAAAIAAAACAAAAAAAAAAAAAAAgAFEAgAAbS9kYXRhLzNQSwECFAMUAAAACAAAACEA0Z5nVQQAAAACAAAACQAAAAAAAAAAAAAAgAFvAgAAbS92ZXJzaW9uUEsFBgAAAAAGAAYARwEAAJoCAA"
        + "AAAA==";

    private readonly TestKit.TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_FileOfTorchSave_HasItsTensors_ByTheirNamesInBert()
    {
        File.WriteAllBytes(_folder["model.bin"], Convert.FromBase64String(Checkpoint));
        var tensors = TorchCheckpoint.Read(_folder["model.bin"]);
        Assert.Equal(["a.LayerNorm.weight", "a.weight", "brain", "half"], tensors.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([2, 3], tensors["a.weight"].Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], tensors["a.weight"].Values.ToArray());
        Assert.Equal([0, 1], tensors["a.LayerNorm.weight"].Values.ToArray());
        Assert.Equal([1.5f, -2], tensors["half"].Values.ToArray());
        Assert.Equal([1, 2], tensors["brain"].Shape);
        Assert.Equal([1.5f, -2], tensors["brain"].Values.ToArray());
    }

    [Fact]
    public void OpenFolder_WithoutSafetensors_TakesTheCheckpoint()
    {
        File.WriteAllBytes(_folder["pytorch_model.bin"], Convert.FromBase64String(Checkpoint));
        Assert.Contains("pytorch_model.bin: it has no matrix embeddings.word_embeddings.weight", Open(), StringComparison.Ordinal);
        File.WriteAllBytes(_folder["model.safetensors"], []);
        Assert.Contains("model.safetensors", Open(), StringComparison.Ordinal);

        string Open()
        {
            File.WriteAllText(_folder["config.json"], """{"model_type":"bert","num_attention_heads":2}""");
            File.WriteAllText(_folder["vocab.txt"], "[PAD]\n[UNK]\n[CLS]\n[SEP]\nred\n");
            return Assert.Throws<LightDxmlException>(() => PretrainedTransformers.Open(_folder.Path)).Message;
        }
    }

    [Fact]
    public void Read_FileThatIsNoZip_SaysWhatHelps()
    {
        File.WriteAllBytes(_folder["old.bin"], [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e]);
        var message = Assert.Throws<LightDxmlException>(() => TorchCheckpoint.Read(_folder["old.bin"])).Message;
        Assert.Contains("not a zip file", message, StringComparison.Ordinal);
        Assert.Contains("model.safetensors", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileWithAnyByteChangedOrCutOff_IsReadOrRefused()
    {
        var whole = Convert.FromBase64String(Checkpoint);
        var refused = 0;
        for (var at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x15;
            refused += IsRefused(changed) + IsRefused(whole[..at]);
        }

        Assert.InRange(refused, whole.Length, 2 * whole.Length);

        int IsRefused(byte[] content)
        {
            File.WriteAllBytes(_folder["damaged.bin"], content);
            return Record.Exception(() => TorchCheckpoint.Read(_folder["damaged.bin"])) switch
            {
                null => 0,
                LightDxmlException => 1,
                var fault => throw new InvalidOperationException("another error", fault),
            };
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x80, 2, (byte)'K', 7, (byte)'.' }, 7L)]
    [InlineData(new byte[] { (byte)'J', 0xfe, 0xff, 0xff, 0xff, (byte)'.' }, -2L)]
    [InlineData(new byte[] { (byte)'M', 1, 2, (byte)'.' }, 513L)]
    [InlineData(new byte[] { 0x8a, 2, 0, 0x80, (byte)'.' }, -32768L)]
    [InlineData(new byte[] { 0x88, (byte)'.' }, true)]
    [InlineData(new byte[] { (byte)'X', 2, 0, 0, 0, 0xc3, 0xa4, (byte)'q', 0, (byte)'N', (byte)'h', 0, (byte)'.' }, "ä")]
    public void Pickle_Values_AreRead(byte[] pickle, object expected) => Assert.Equal(expected, new PickleReader(pickle).Read());

    [Theory]
    [InlineData(new byte[] { (byte)'K', 7 })]
    [InlineData(new byte[] { (byte)'R', (byte)'.' })]
    [InlineData(new byte[] { (byte)'t', (byte)'.' })]
    [InlineData(new byte[] { (byte)'i', (byte)'.' })]
    public void Pickle_ThatIsDamagedOrUnknown_IsRefused(byte[] pickle) => Assert.Throws<FormatException>(() => new PickleReader(pickle).Read());
}
