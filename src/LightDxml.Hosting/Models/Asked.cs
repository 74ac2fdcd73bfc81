using LightDxml.Inference;

namespace LightDxml.Hosting.Models;

/// <summary>What is asked for each text.</summary>
/// <param name="Top">Labels at most.</param>
/// <param name="Threshold">The rule by which labels are given, or null.</param>
/// <param name="Decisions">The same for the model.</param>
internal sealed record Asked(int Top, string? Threshold, Decisions? Decisions)
{
    /// <summary>Whether texts of both can be predicted together.</summary>
    public bool IsAs(Asked other) => Top == other.Top && Threshold == other.Threshold;
}
