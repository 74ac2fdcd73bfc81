using LightDxml.Names;
using LightDxml.Training;

namespace LightDxml.Models;

/// <summary>What the models of an ensemble must have in common.</summary>
internal static class EnsembleMembers
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

    /// <exception cref="LightDxmlException">The models disagree in their features, labels or vocabularies.</exception>
    public static void Check(IReadOnlyList<Model> members)
    {
        ArgumentOutOfRangeException.ThrowIfZero(members.Count);
        foreach (var member in members)
        {
            ArgumentNullException.ThrowIfNull(member);
            if (member.LabelCount != members[0].LabelCount || member.FeatureCount != members[0].FeatureCount)
                throw new LightDxmlException("The models of an ensemble must have the same features and labels.");
            if (!TextParts.AreSame(member, members[0]))
                throw new LightDxmlException("The models of an ensemble must have the same names of labels and the same vocabulary.");
        }
    }
}
