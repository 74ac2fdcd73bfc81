using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace LightDxml.Hosting.Http;

/// <summary>Annif's API in JSON. Members that a later Annif adds to requests are passed over; those that come twice are errors.</summary>
[JsonSourceGenerationOptions(AllowDuplicateProperties = false, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AnnifInfo))]
[JsonSerializable(typeof(AnnifProjects))]
[JsonSerializable(typeof(AnnifVocabularies))]
[JsonSerializable(typeof(AnnifSuggestions))]
[JsonSerializable(typeof(AnnifBatch))]
[JsonSerializable(typeof(IReadOnlyList<AnnifDocumentSuggestions>))]
internal sealed partial class AnnifJson : JsonSerializerContext
{
    public static AnnifJson Web => _web ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });

    private static AnnifJson? _web;
}

internal sealed record AnnifInfo(string Title, string Version);

internal sealed record AnnifBackend(string BackendId);

internal sealed record AnnifVocabulary(string VocabId, IReadOnlyList<string> Languages, int Size, bool Loaded);

internal sealed record AnnifProject(
    string ProjectId, string Name, string Language, AnnifBackend Backend, AnnifVocabulary Vocab, string VocabLanguage, bool IsTrained, DateTimeOffset? ModificationTime);

internal sealed record AnnifProjects(IReadOnlyList<AnnifProject> Projects);

internal sealed record AnnifVocabularies(IReadOnlyList<AnnifVocabulary> Vocabs);

internal sealed record AnnifSuggestion(string Uri, string Label, string? Notation, float Score);

internal sealed record AnnifSuggestions(IReadOnlyList<AnnifSuggestion> Results);

internal sealed record AnnifDocument(string? Text, string? DocumentId);

internal sealed record AnnifBatch(AnnifDocument?[]? Documents);

internal sealed record AnnifDocumentSuggestions(IReadOnlyList<AnnifSuggestion> Results, string? DocumentId);
