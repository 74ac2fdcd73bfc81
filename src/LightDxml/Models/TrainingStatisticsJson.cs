using System.Text.Json.Serialization;

namespace LightDxml.Models;

/// <summary>Reading and writing of <see cref="TrainingStatistics"/>, generated when the library is built: nothing of it is found by reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TrainingStatistics))]
internal sealed partial class TrainingStatisticsJson : JsonSerializerContext;
