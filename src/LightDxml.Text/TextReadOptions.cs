using LightDxml.Configuration;

namespace LightDxml.Text;

/// <summary>How raw text files are read.</summary>
public sealed partial record TextReadOptions
{
    /// <summary>Format of the file; by default it is recognized from its name and its beginning.</summary>
    public TextFormat Format { get; init; } = TextFormat.Auto;

    /// <summary>The field or column that holds the id; null takes the first that is there of the usual names.</summary>
    public string? IdField { get; init; }

    /// <inheritdoc cref="IdField"/>
    public string? TitleField { get; init; }

    /// <inheritdoc cref="IdField"/>
    public string? TextField { get; init; }

    /// <inheritdoc cref="IdField"/>
    public string? LabelsField { get; init; }

    /// <summary>Stands between labels that share one string; null is a comma, and a blank in <see cref="TextFormat.TabSeparated"/>. A Python list is read as such.</summary>
    public string? LabelSeparator { get; init; }

    /// <summary>Whether the first line of CSV and TSV names the columns. Without it fields are column numbers, from 1.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>Rows that cannot be read are counted and left out; otherwise the first of them is an error.</summary>
    public bool SkipBadRows { get; init; }

    /// <summary>Parsing threads; 0 takes every processor. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public TextReadOptions Validate()
    {
        Check.Range(Threads, 0, int.MaxValue, "threads");
        if (LabelSeparator is { } separator && (separator.Length == 0 || separator.AsSpan().ContainsAny("\"'\n\r")))
            throw new OptionsException("The label separator must be text without quotes and line ends.");
        return this;
    }
}
