using System.Text.Json.Nodes;

namespace LightDxml.TestKit;

/// <summary>Models as an attacker would leave them, who knows of checksums.</summary>
internal static class HostileModels
{
    /// <summary>Takes the checksums out of a model's configuration, so that whatever its other files hold is read.</summary>
    public static void ForgetChecksums(string folder)
    {
        var path = Path.Combine(folder, "config.json");
        var configuration = JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();
        configuration.Remove("files");
        configuration.Remove("checksum");
        File.WriteAllText(path, configuration.ToJsonString());
    }
}
