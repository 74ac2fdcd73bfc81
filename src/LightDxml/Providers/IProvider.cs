namespace LightDxml.Providers;

/// <summary>
/// A part of the project that stands on a package which not every registry has, and that a build may therefore lack. The
/// provider itself is in every build: it says what it offers, and why that is missing where it is.
/// </summary>
internal interface IProvider
{
    /// <summary>The name that it is registered under: <c>ilgpu</c>, <c>torch</c>.</summary>
    string Name { get; }

    /// <summary>What it offers, in the words of <c>lightdxml info</c>: <c>label index gpu</c>, …</summary>
    IReadOnlyList<string> Offers { get; }

    /// <summary>Why the build lacks it and what would change that; null where it is in the build.</summary>
    string? WhyMissing { get; }

    /// <summary>
    /// The accelerators found on this machine, a line each. Loads the provider's package and its native libraries, so only
    /// who asks for it pays.
    /// </summary>
    /// <exception cref="LightDxmlException">The accelerators cannot be asked for, or the provider is not in the build.</exception>
    IReadOnlyList<string> FindAccelerators();
}
