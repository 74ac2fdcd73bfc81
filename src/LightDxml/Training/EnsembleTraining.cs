using LightDxml.Models;
using LightDxml.Names;

namespace LightDxml.Training;

/// <summary>What lets members of an ensemble, each trained with a seed of its own, stand beside each other.</summary>
internal static class EnsembleTraining
{
    /// <summary>The settings and names by which a member is trained that can stand beside the first: with a head that does without names as the first one's does, or with them.</summary>
    /// <param name="first">Null for the first member itself.</param>
    public static (TrainingOptions Options, NameIndex? Names) Like(Model? first, TrainingOptions options, NameIndex? names)
    {
        if (first is null || names is null || options.Head != Head.Auto)
            return (options, names);
        return first.Names is null
            ? (options with { Head = Head.Dense, Names = options.Names with { Use = LabelNameUse.None } }, null)
            : (options with { Head = Head.Hybrid }, names);
    }

    /// <summary>The models without labels that have no documents, unless every one of them finds these.</summary>
    public static IReadOnlyList<Model> Alike(IReadOnlyList<Model> members) => members.All(member => member.ScoreWeights?.Unseen is not null)
        ? members
        : [.. members.Select(member => member with { ScoreWeights = member.ScoreWeights is { } weights ? weights with { Unseen = null } : null, NameStatistics = null })];
}
