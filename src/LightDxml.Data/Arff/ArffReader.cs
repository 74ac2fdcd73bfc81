using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using LightDxml.Data.Compression;

namespace LightDxml.Data.Arff;

/// <summary>
/// Reads ARFF with several labels a document, dense and sparse. Which attributes are labels tells a labels file of MULAN
/// (<c>&lt;label name="…"&gt;</c>), else the relation's name as MEKA has it (<c>-C 6</c>: the first six, <c>-C -6</c>: the last), else
/// the values: the attributes of 0 and 1 at the end, or else at the beginning.
/// </summary>
internal static partial class ArffReader
{
    /// <summary>Whether a file is ARFF, by its name or its first declaration.</summary>
    public static bool Recognizes(string path)
    {
        if (Path.GetExtension(CompressedFile.NameWithoutCompression(path)).Equals(".arff", StringComparison.OrdinalIgnoreCase))
            return true;
        if (!File.Exists(path))
            return false;
        using var reader = new StreamReader(CompressedFile.OpenRead(path));
        var start = new char[4096];
        int length;
        try
        {
            length = reader.ReadBlock(start);
        }
        catch (InvalidDataException)
        {
            return false;
        }

        return new string(start, 0, length).Split('\n').Select(line => line.TrimStart('\uFEFF').TrimStart())
            .FirstOrDefault(line => line.Length > 0 && line[0] != '%')?.StartsWith("@relation", StringComparison.OrdinalIgnoreCase) ?? false;
    }

    /// <param name="labelsPath">MULAN's file of labels, or null.</param>
    /// <exception cref="DataFormatException">The first line that does not hold what the format promises.</exception>
    public static Dataset Read(string path, string? labelsPath = null)
    {
        var (relation, attributes) = ("", new List<ArffAttribute>());
        ArffRows? rows = null;
        var number = 0L;
        foreach (var raw in CompressedFile.ReadLines(path))
        {
            number++;
            var line = raw.Trim().TrimStart('\uFEFF');
            if (line.Length == 0 || line[0] == '%')
                continue;
            if (rows is not null)
                rows.Add(line, number);
            else if (Rest(line, "@relation") is { } name)
                relation = name;
            else if (Rest(line, "@attribute") is { } declaration)
                attributes.Add(ArffAttribute.Parse(declaration, path, number));
            else if (line.Equals("@data", StringComparison.OrdinalIgnoreCase))
                rows = new ArffRows(path, attributes, Labels(path, labelsPath, relation, attributes));
            else
                throw new DataFormatException(path, number, $"found '{line}', expected @relation, @attribute or @data of ARFF");
        }

        return rows?.Take() ?? throw new DataFormatException(path, number, "the file ends before @data");
    }

    private static bool[] Labels(string path, string? labelsPath, string relation, List<ArffAttribute> attributes)
    {
        var isLabel = new bool[attributes.Count];
        if (labelsPath is not null)
        {
            foreach (var name in NamesOf(labelsPath))
            {
                var place = attributes.FindIndex(attribute => attribute.Name == name);
                if (place < 0)
                    throw new LightDxmlException($"{labelsPath}: the label '{name}' is not an attribute of {path}.");
                isLabel[place] = true;
            }
        }
        else if (LabelCountPattern().Match(relation) is { Success: true } match)
        {
            var count = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
            if (Math.Abs(count) > attributes.Count)
                throw new LightDxmlException($"{path}: the relation says -C {count}, but there are {attributes.Count} attributes.");
            isLabel.AsSpan(count >= 0 ? Range.EndAt(count) : Range.StartAt(^-count)).Fill(true);
        }
        else
        {
            var last = attributes.AsEnumerable().Reverse().TakeWhile(attribute => attribute.IsBinary).Count();
            var first = attributes.TakeWhile(attribute => attribute.IsBinary).Count();
            if (first < attributes.Count)
                isLabel.AsSpan(last > 0 ? Range.StartAt(attributes.Count - last) : Range.EndAt(first)).Fill(true);
        }

        for (var place = 0; place < isLabel.Length; place++)
        {
            if (isLabel[place] && attributes[place] is { Values: not null, SaysNoThenYes: false, IsBinary: false })
                throw new LightDxmlException($"{path}: the label '{attributes[place].Name}' has the values {{{string.Join(',', attributes[place].Values!)}}}, expected {{0,1}}.");
        }

        return isLabel.Contains(true) ? isLabel : throw new LightDxmlException(
            $"{path}: which attributes are labels cannot be told. Name the labels: by -C N in the relation's name, by MULAN's file of labels after a comma ('{Path.GetFileName(path)},labels.xml'), or as the last attributes, with the values {{0,1}}.");
    }

    private static string[] NamesOf(string path)
    {
        try
        {
            using var stream = CompressedFile.OpenRead(path);
            using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
            string[] names = [.. XDocument.Load(reader).Descendants().Where(element => element.Name.LocalName == "label").Select(element => (string?)element.Attribute("name")).OfType<string>()];
            return names.Length > 0 ? names : throw new LightDxmlException($"{path}: found no <label name=\"…\">, expected MULAN's file of labels.");
        }
        catch (XmlException fault)
        {
            throw new DataFormatException(path, fault.LineNumber, $"found no XML, expected MULAN's file of labels: {fault.Message}");
        }
    }

    private static string? Rest(string line, string keyword) =>
        line.StartsWith(keyword, StringComparison.OrdinalIgnoreCase) && line.Length > keyword.Length && char.IsWhiteSpace(line[keyword.Length]) ? line[keyword.Length..].Trim() : null;

    [GeneratedRegex(@"-C\s*(-?[0-9]{1,9})")]
    private static partial Regex LabelCountPattern();
}
