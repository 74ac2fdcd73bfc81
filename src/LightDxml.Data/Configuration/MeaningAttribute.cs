namespace LightDxml.Configuration;

/// <summary>What a setting means, for <c>--help-settings</c> and the settings page of the documentation.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class MeaningAttribute(string text) : Attribute
{
    public string Text { get; } = text;
}
