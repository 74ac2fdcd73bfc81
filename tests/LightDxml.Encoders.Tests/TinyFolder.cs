using LightDxml.TestKit;
using LightDxml.Text.Vectors;
using LightDxml.TextEncoding;

namespace LightDxml.Encoders.Tests;

/// <summary>A folder with an encoder of eight tokens and two numbers.</summary>
internal sealed class TinyFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The table of vectors: those of the marks [CLS] (1, 0) and [SEP] (0, 1), and of the words red, green, blue, sea.</summary>
    public static readonly float[] Table = [0, 0, 9, 9, 1, 0, 0, 1, 3, 4, -5, 2, 0.5f, 7, 2, -2];

    public TinyFolder(TinyNetwork? network = null)
    {
        Write("model.onnx", (network ?? new TinyNetwork { Table = Table }).Bytes());
        Write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\nred\ngreen\nblue\nsea\n");
    }

    public string Path => _folder.Path;

    public string this[string name] => _folder[name];

    public TextEncoderOptions Options => new() { Name = Path };

    public void Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], bytes);
    }

    public void Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public ITextEncoder Open(Func<TextEncoderOptions, TextEncoderOptions>? change = null) =>
        new OnnxProvider().OpenTextEncoder((change ?? (options => options))(Options).Validate());

    public void Dispose() => _folder.Dispose();
}
