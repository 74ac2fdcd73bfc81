using System.CommandLine;
using LightDxml.Storage;

namespace LightDxml.Cli.Input;

/// <summary>The files and folders of documents that a command reads: what it writes takes the place of none.</summary>
internal sealed class FilesRead
{
    private readonly List<(string Option, string Path, string RealPath)> _read = [];

    /// <summary>What options and arguments name: each a file, or several as <see cref="DataSource"/> has them.</summary>
    /// <exception cref="LightDxmlException">Names stand for files that are not there.</exception>
    public static FilesRead Of(ParseResult arguments, params ReadOnlySpan<Symbol> symbols)
    {
        var read = new FilesRead();
        foreach (var symbol in symbols)
            read.Add(symbol.Name, arguments.GetResult(symbol)?.Tokens.Select(token => token.Value) ?? []);
        return read;
    }

    /// <param name="option">What messages call it.</param>
    public void Add(string option, IEnumerable<string> names) =>
        _read.AddRange(names.SelectMany(name => DataSource.Of(name).Paths).Select(path => (option, path, RealPath.Of(path))));

    /// <summary>Throws where an output would take the place of what is read, or be one more file of a folder of documents.</summary>
    /// <exception cref="LightDxmlException">It would.</exception>
    public void Keep(string output)
    {
        var place = RealPath.Of(output);
        foreach (var (option, path, read) in _read)
        {
            if (RealPath.AreSame(place, read))
                throw new LightDxmlException($"{output} is read ({option}), and would be overwritten; write elsewhere.");
            if (Directory.Exists(read) && RealPath.IsWithin(place, read))
                throw new LightDxmlException($"{output} is in the folder {path}, which is read ({option}): every file there is a document; write elsewhere.");
        }
    }
}
