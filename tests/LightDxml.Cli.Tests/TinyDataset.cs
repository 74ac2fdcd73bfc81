using System.Globalization;
using System.Text;

namespace LightDxml.Cli.Tests;

/// <summary>
/// A folder with a training and a test set so easy that any training learns it: each label has a word of its own, and a
/// point has the words of its two labels.
/// </summary>
internal sealed class TinyDataset : IDisposable
{
    private const int Labels = 12;

    public TinyDataset()
    {
        Write("train.txt", points: 400, seed: 1);
        Write("test.txt", points: 60, seed: 2);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("lightdxml-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Write(string name, int points, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{points} {Labels + 8} {Labels}\n");
        for (var point = 0; point < points; point++)
        {
            var first = random.Next(Labels);
            var second = (first + 1 + random.Next(Labels - 1)) % Labels;
            var noise = Labels + random.Next(8);
            text.Append(CultureInfo.InvariantCulture, $"{Math.Min(first, second)},{Math.Max(first, second)} {Math.Min(first, second)}:0.7 {Math.Max(first, second)}:0.7 {noise}:0.14\n");
        }

        File.WriteAllText(this[name], text.ToString());
    }
}
