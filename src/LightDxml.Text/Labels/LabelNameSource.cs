namespace LightDxml.Text;

/// <summary>Where the names come from by which labels are found in documents.</summary>
internal enum LabelNameSource
{
    /// <summary>Labels are not looked for by name.</summary>
    None,

    /// <summary>Names and alternative names of the labels file.</summary>
    Catalog,

    /// <summary>The labels themselves, as documents write them.</summary>
    Ids,
}
