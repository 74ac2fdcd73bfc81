using LightDxml.Providers;

namespace LightDxml.Torch;

/// <summary>The training engine on libtorch, for programs that take it: <c>engine.name=torch</c>.</summary>
public static class TorchEngines
{
    /// <summary>
    /// Makes the engine known to LightDxml. Call it once, before the first training. It loads neither TorchSharp nor libtorch;
    /// the first training that asks for the engine does.
    /// </summary>
    public static void Register() => ProviderCatalog.Register("torch", static () => new TorchProvider());
}
