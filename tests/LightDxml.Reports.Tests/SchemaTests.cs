using System.Text.Json;
using System.Text.Json.Nodes;
using LightDxml.TestKit;

namespace LightDxml.Reports.Tests;

public sealed class SchemaTests
{
    private static string Published => Path.Combine(Repository.Root, "docs", "report.schema.json");

    /// <summary>After a change of the model, write it anew: <c>LIGHTDXML_WRITE_SCHEMA=1 dotnet test tests/LightDxml.Reports.Tests</c>.</summary>
    [Fact]
    public void PublishedSchema_IsThatOfTheModel()
    {
        if (Environment.GetEnvironmentVariable("LIGHTDXML_WRITE_SCHEMA") == "1")
            File.WriteAllText(Published, JsonReport.Schema());
        Assert.Equal(JsonReport.Schema(), File.ReadAllText(Published));
    }

    [Fact]
    public void Report_FitsTheSchema()
    {
        using var stream = new MemoryStream();
        JsonReport.Write(SampleReport.Model, stream);
        var schema = JsonNode.Parse(File.ReadAllText(Published))!.AsObject();
        Check(JsonNode.Parse(stream.ToArray()), schema, schema, "$");
    }

    [Fact]
    public void Schema_RefusesAReportWithoutMethods()
    {
        using var stream = new MemoryStream();
        JsonReport.Write(SampleReport.Model, stream);
        var report = JsonNode.Parse(stream.ToArray())!.AsObject();
        report.Remove("methods");
        var schema = JsonNode.Parse(File.ReadAllText(Published))!.AsObject();
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Check(report, schema, schema, "$"));
    }

    // As much of JSON Schema as the exporter writes.
    private static void Check(JsonNode? value, JsonNode schema, JsonObject root, string at)
    {
        if (schema is JsonValue)
            return;
        var rules = schema.AsObject();
        if (rules["$ref"] is { } reference)
        {
            JsonNode target = root;
            foreach (var step in reference.GetValue<string>().Split('/').Skip(1))
                target = target is JsonArray array ? array[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : target[step.Replace("~1", "/", StringComparison.Ordinal)]!;
            Check(value, target, root, at);
            return;
        }

        if (rules["type"] is { } type)
        {
            string[] allowed = type is JsonArray many ? [.. many.Select(name => name!.GetValue<string>())] : [type.GetValue<string>()];
            Assert.True(allowed.Any(name => Is(value, name)), $"{at} is {value?.GetValueKind().ToString() ?? "null"}, but should be {string.Join(" or ", allowed)}");
        }

        if (rules["enum"] is JsonArray names)
            Assert.True(names.Any(name => JsonNode.DeepEquals(name, value)), $"{at}: {value} is not one of {names}");
        if (value is JsonObject fields)
        {
            foreach (var required in rules["required"]?.AsArray() ?? [])
                Assert.True(fields.ContainsKey(required!.GetValue<string>()), $"{at} has no {required}");
            foreach (var (name, field) in fields)
            {
                var rule = rules["properties"]?[name] ?? rules["additionalProperties"];
                Assert.True(rule is not null, $"{at}.{name} is not in the schema");
                Check(field, rule!, root, $"{at}.{name}");
            }
        }

        if (value is JsonArray items && rules["items"] is { } itemRule)
            for (var i = 0; i < items.Count; i++)
                Check(items[i], itemRule, root, $"{at}[{i}]");
    }

    private static bool Is(JsonNode? value, string type) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "integer" => value?.GetValueKind() == JsonValueKind.Number && value.GetValue<double>() % 1 == 0,
        "number" => value?.GetValueKind() == JsonValueKind.Number,
        _ => false,
    };
}
