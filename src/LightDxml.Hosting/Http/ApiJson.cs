using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace LightDxml.Hosting.Http;

/// <summary>How requests and answers are read and written. Members that nobody knows are errors, and those that come twice.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PredictRequest))]
[JsonSerializable(typeof(StreamLine))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ModelDetails))]
[JsonSerializable(typeof(TextLabels))]
[JsonSerializable(typeof(ManyTextLabels))]
[JsonSerializable(typeof(StreamAnswer))]
[JsonSerializable(typeof(FeedbackRequest))]
[JsonSerializable(typeof(FeedbackLine))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Letters of all scripts as they are; what HTML could take for markup is escaped.</summary>
    public static ApiJson Web => _web ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });

    // Not by an initializer, which could run before that of Default.
    private static ApiJson? _web;
}

/// <summary>Texts to predict.</summary>
/// <param name="Threshold">A number, or <c>auto</c>, <c>document</c>, <c>per-label</c>, <c>precision=0.8</c>.</param>
/// <param name="Terms">Words for each label, where labels are explained.</param>
/// <param name="Language">Of names of labels, where they have several.</param>
internal sealed record PredictRequest(string? Text, string[]? Texts, int? Top, JsonElement? Threshold, int? Terms, string? Language);

/// <summary>A line of a stream.</summary>
/// <param name="Id">A string or a number, which comes back as it is.</param>
internal sealed record StreamLine(string? Text, JsonElement? Id);

/// <summary>The models of the service.</summary>
internal sealed record ModelList(IReadOnlyList<ModelDetails> Models);

/// <summary>What a model is. Accuracy is that on the documents by which training chose the model, where it is known.</summary>
internal sealed record ModelDetails(
    string Name, int Labels, int Features, int Members, DateTimeOffset Loaded, int Reloads, bool Thresholds, double? Threshold, int? TrainingDocuments, double? ValidationP1, double? CalibrationError,
    IReadOnlyList<string>? Languages, bool Feedback, int MaxTop, WordRules Text);

/// <summary>What the terms of a model are: words, or runs of characters, and how they are written.</summary>
/// <param name="Unsegmented">Whether each character of a text without blanks is a word: characters; or words.</param>
internal sealed record WordRules(string Unit, int MinNgram, int MaxNgram, bool Lowercase, bool FoldAccents, int MinWordLength, string Unsegmented);

/// <summary>What is said of labels of a text.</summary>
/// <param name="Accepted">Those that are right.</param>
/// <param name="Rejected">Those that are wrong.</param>
internal sealed record FeedbackRequest(string? Text, string?[]? Accepted, string?[]? Rejected);

/// <summary>A text with the labels that are right, as training reads it; those that are wrong beside them.</summary>
internal sealed record FeedbackLine(string Id, string Text, IReadOnlyList<string> Labels, IReadOnlyList<string>? Rejected);

/// <summary>A label that is given.</summary>
/// <param name="Score">What it is ranked by: its probability, times a factor of the label where the model has a tail weight.</param>
/// <param name="Probability">0..1, where the score is not that.</param>
/// <param name="Path">Names of the labels above it, from the top, where a labels file has them.</param>
internal sealed record LabelAnswer(string Label, string Name, float Score, float? Probability, IReadOnlyList<string>? Path, IReadOnlyList<TermWeight>? Terms);

/// <summary>The labels of a text, and whether the model knows a word of it.</summary>
internal sealed record TextLabels(IReadOnlyList<LabelAnswer> Labels, bool Known);

/// <summary>The labels of several texts, in their order.</summary>
internal sealed record ManyTextLabels(IReadOnlyList<TextLabels> Results);

/// <summary>The answer to a line of a stream: labels, or what is wrong with the line.</summary>
internal sealed record StreamAnswer(long Line, JsonElement? Id, IReadOnlyList<LabelAnswer>? Labels, bool? Known, Problem? Error);
