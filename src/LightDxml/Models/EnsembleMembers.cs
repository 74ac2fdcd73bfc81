namespace LightDxml.Models;

/// <summary>What the models of an ensemble must have in common.</summary>
internal static class EnsembleMembers
{
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
