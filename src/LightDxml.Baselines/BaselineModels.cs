namespace LightDxml.Baselines;

/// <summary>Models of the baselines, for programs that open them as they open LightDxml's own.</summary>
public static class BaselineModels
{
    /// <summary>
    /// Makes known to LightDxml how models of the baselines are read. Call it once, before the first is opened;
    /// <see cref="FeatureClassifier.Load(string)"/> opens them from then on.
    /// </summary>
    public static void Register() => BaselineFolder.Register();
}
