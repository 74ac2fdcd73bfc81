using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using LightDxml.Reports.Model;

namespace LightDxml.Reports;

/// <summary>A report as JSON, and the schema of that JSON (JSON Schema 2020-12).</summary>
internal static class JsonReport
{
    // This encoder writes <, >, & and quotes as \u escapes, so that the same JSON can stand inside a script element.
    private static readonly JsonSerializerOptions Compact = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DictionaryKeyPolicy = null,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        NewLine = "\n",
    };

    private static readonly JsonSerializerOptions Indented = new(Compact) { WriteIndented = true };

    public static void Write(ReportModel model, Stream output) => JsonSerializer.Serialize(output, model, Compact);

    /// <summary>Safe inside a script element.</summary>
    internal static string ToText(ReportModel model) => JsonSerializer.Serialize(model, Compact);

    /// <summary>Derived from the types that are written, so that the two cannot drift apart.</summary>
    public static string Schema()
    {
        var schema = Indented.GetJsonSchemaAsNode(typeof(ReportModel), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true }).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "LightDxml evaluation report");
        return schema.ToJsonString(Indented) + "\n";
    }
}
