using System.Text.Encodings.Web;
using System.Text.Json;
using LightDxml.Data;
using LightDxml.Data.Compression;
using LightDxml.Text.Reading;
using LightDxml.Text.Skos;

namespace LightDxml.Text;

/// <summary>Names and hierarchy of labels, from a labels file. A hierarchy may be a graph: a label may have several parents.</summary>
public sealed class LabelCatalog
{
    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, LabelEntry> _entries;
    private readonly Dictionary<string, int> _depths = [];
    private readonly Lazy<HashSet<string>> _parents;
    private string[]? _languages;

    /// <exception cref="LightDxmlException">Two entries have one id.</exception>
    public LabelCatalog(IEnumerable<LabelEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        Entries = [.. entries];
        _entries = [];
        _parents = new(() => [.. Entries.SelectMany(entry => entry.Parents)]);
        foreach (var entry in Entries)
        {
            if (!_entries.TryAdd(entry.Id, entry))
                throw new LightDxmlException($"Label '{entry.Id}' is described twice.");
        }
    }

    /// <summary>Number of labels that are described.</summary>
    public int Count => _entries.Count;

    /// <summary>The labels in the order of the file.</summary>
    public IReadOnlyList<LabelEntry> Entries { get; }

    /// <summary>Whether any label has a parent.</summary>
    public bool HasHierarchy => _entries.Values.Any(entry => entry.Parents.Count > 0);

    /// <summary>
    /// Reads a labels file: JSON Lines of <c>id</c>, <c>name</c>, and optionally <c>names</c> by language, <c>alt</c> and <c>parents</c>; lines <c>&lt;id&gt;⇥name</c>; or a
    /// SKOS vocabulary in Turtle or RDF/XML. It may be compressed like documents.
    /// </summary>
    /// <exception cref="DataFormatException">The first line that does not hold what it should.</exception>
    /// <exception cref="LightDxmlException">The file is missing or cannot be read.</exception>
    public static LabelCatalog Read(string path) => Read(path, []);

    /// <inheritdoc cref="Read(string)"/>
    /// <param name="languages">Of the names in a SKOS vocabulary, the most wanted first; empty takes every language, that of the most labels first.</param>
    internal static LabelCatalog Read(string path, IReadOnlyList<string> languages)
    {
        if (SkosFile.Recognizes(path))
            return new LabelCatalog(SkosFile.Read(path, languages));
        return languages.Count == 0
            ? Read(TextStream.Open(path, new TextReadOptions()), path)
            : throw new LightDxmlException($"{path}: names in this file have no language, so that --language has no place; it chooses names of a SKOS vocabulary (.ttl, .rdf).");
    }

    /// <summary>Reads a labels file that is no SKOS vocabulary.</summary>
    /// <param name="stream">UTF-8; disposed here.</param>
    /// <param name="name">What messages call it.</param>
    internal static LabelCatalog Read(Stream stream, string name) => new(LabelFileReader.Read(stream, name));

    /// <summary>Writes the labels as a labels file, a JSON object a line.</summary>
    internal void Write(Stream stream)
    {
        foreach (var entry in Entries)
        {
            using (var writer = new Utf8JsonWriter(stream, Layout))
            {
                writer.WriteStartObject();
                writer.WriteString("id", entry.Id);
                writer.WriteString("name", entry.Name);
                writer.WriteStartArray("parents");
                foreach (var parent in entry.Parents)
                    writer.WriteStringValue(parent);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            stream.WriteByte((byte)'\n');
        }
    }

    /// <summary>Whether name or first bytes tell a labels file that has ids: JSON Lines, or a SKOS vocabulary.</summary>
    /// <exception cref="LightDxmlException">The file is missing or cannot be read.</exception>
    internal static bool HasIds(string path) =>
        CompressedFile.NameWithoutCompression(path).EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) || SkosFile.Recognizes(path);

    /// <summary>What is known of a label, or null.</summary>
    public LabelEntry? Find(string id) => _entries.GetValueOrDefault(id);

    /// <summary>The label's name; its id where it has none.</summary>
    public string NameOf(string id) => Find(id) is { Name.Length: > 0 } entry ? entry.Name : id;

    /// <summary>Languages of names, that of the most labels first, and of those with equally many English; empty where the file has names in one alone, or does not say.</summary>
    internal IReadOnlyList<string> Languages => _languages ??=
        [.. Entries.SelectMany(entry => entry.NamesIn.Keys).CountBy(language => language).OrderByDescending(pair => pair.Value).ThenByDescending(pair => pair.Key == "en").ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key)];

    /// <summary>The label's name in a language, or in a wider one (<c>de</c> for <c>de-at</c>); where it has neither, or none is asked for, the name that the file gives first.</summary>
    internal string NameOf(string id, string? language)
    {
        for (var wider = language ?? ""; wider.Length > 0; wider = wider[..Math.Max(0, wider.LastIndexOf('-'))])
        {
            if (Find(id) is { } entry && entry.NamesIn.TryGetValue(wider, out var name) && name.Length > 0)
                return name;
        }

        return NameOf(id);
    }

    /// <summary>Every label above <paramref name="id"/>, the nearest first; parents that the file does not describe are among them.</summary>
    public IReadOnlyList<string> Ancestors(string id)
    {
        var found = new List<string>();
        var seen = new HashSet<string> { id };
        var next = id;
        for (var place = 0; ; next = found[place++])
        {
            foreach (var parent in Find(next)?.Parents ?? [])
            {
                if (seen.Add(parent))
                    found.Add(parent);
            }

            if (place == found.Count)
                return found;
        }
    }

    /// <summary>The labels of this file, and of another one those that it lacks. Where no label of this file has a parent, parents are those of the other.</summary>
    internal LabelCatalog With(LabelCatalog? other)
    {
        if (other is null)
            return this;
        var own = HasHierarchy ? Entries : Entries.Select(entry => other.Find(entry.Id) is { } known ? entry with { Parents = known.Parents } : entry);
        return new([.. own, .. other.Entries.Where(entry => Find(entry.Id) is null)]);
    }

    /// <summary>The hierarchy without some labels: what was below one of them is below the label that it goes to or, where it goes to none, below its parents.</summary>
    /// <param name="goesTo">Ids, and the label that each goes to, or null.</param>
    internal LabelCatalog Edited(IReadOnlyDictionary<string, string?> goesTo)
    {
        return new(Entries.Where(entry => !goesTo.ContainsKey(entry.Id)).Select(entry => entry with { Parents = [.. ParentsOf(entry).Where(parent => parent != entry.Id).Distinct(StringComparer.Ordinal)] }));

        IEnumerable<string> ParentsOf(LabelEntry entry)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            var open = new Stack<string>(entry.Parents.Reverse());
            while (open.TryPop(out var parent))
            {
                if (!seen.Add(parent))
                    continue;
                if (!goesTo.TryGetValue(parent, out var target))
                {
                    yield return parent;
                    continue;
                }

                foreach (var next in target is null ? (Find(parent)?.Parents ?? []).Reverse() : [target])
                    open.Push(next);
            }
        }
    }

    /// <summary>What is known of labels and of all labels above them, without alternative names and other languages; null where none of them has a parent.</summary>
    internal LabelCatalog? Above(IEnumerable<string> ids)
    {
        var seen = new HashSet<string>();
        LabelEntry[] entries =
        [
            .. ids.SelectMany(id => (IEnumerable<string>)[id, .. Ancestors(id)]).Where(seen.Add)
                .Select(Find).OfType<LabelEntry>().Select(entry => new LabelEntry(entry.Id, entry.Name, [], entry.Parents)),
        ];
        return entries.All(entry => entry.Parents.Count == 0) ? null : new LabelCatalog(entries);
    }

    /// <summary>Names of the labels above one, from the top, by the first parent of each.</summary>
    internal IReadOnlyList<string> Path(string id, string? language = null)
    {
        var path = new List<string>();
        var seen = new HashSet<string> { id };
        for (var next = id; Find(next) is { Parents: [var parent, ..] } && seen.Add(parent); next = parent)
            path.Add(NameOf(parent, language));
        path.Reverse();
        return path;
    }

    /// <summary>Steps from a top label, by the shortest way: 0 for a label without parents.</summary>
    public int Depth(string id)
    {
        lock (_depths)
        {
            if (_depths.TryGetValue(id, out var known))
                return known;
        }

        // Breadth first: the first label without parents is the nearest. In a ring without any, the label counts as a top.
        var depth = 0;
        var seen = new HashSet<string> { id };
        List<string> level = [id];
        while (level.Count > 0 && !level.Any(label => Find(label) is null or { Parents.Count: 0 }))
        {
            level = [.. level.SelectMany(label => Find(label)!.Parents).Where(seen.Add)];
            depth++;
        }

        if (level.Count == 0)
            depth = 0;
        lock (_depths)
            _depths[id] = depth;
        return depth;
    }

    /// <summary>The same; null for a label that is neither described nor above one that is.</summary>
    internal int? DepthOrNone(string id) => Find(id) is not null || _parents.Value.Contains(id) ? Depth(id) : null;
}
