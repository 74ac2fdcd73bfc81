namespace LightDxml.Text.Reading;

/// <summary>What a source tells of a document.</summary>
internal enum DocumentField
{
    Id,
    Title,
    Text,
    Labels,
}
