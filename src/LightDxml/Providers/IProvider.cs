namespace LightDxml.Providers;

/// <summary>
/// A part of the project that stands on a large package, and is therefore loaded only when it is asked for. It says what it
/// offers, and why that is missing where the build lacks something that it needs.
/// </summary>
internal interface IProvider
{
    /// <summary>The name that it is registered under: <c>ilgpu</c>, <c>torch</c>.</summary>
    string Name { get; }

    /// <summary>What it offers, in the words of <c>lightdxml info</c>: <c>label index gpu</c>, …</summary>
    IReadOnlyList<string> Offers { get; }

    /// <summary>What the build lacks and what would change that; null where nothing is missing.</summary>
    string? WhyMissing { get; }

    /// <summary>
    /// The accelerators found on this machine, a line each. Loads the provider's package and its native libraries, so only
    /// who asks for it pays.
    /// </summary>
    /// <exception cref="LightDxmlException">The accelerators cannot be asked for, or the provider is not in the build.</exception>
    IReadOnlyList<string> FindAccelerators();
}
