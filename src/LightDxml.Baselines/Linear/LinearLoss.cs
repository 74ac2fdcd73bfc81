namespace LightDxml.Baselines.Linear;

/// <summary>What linear classifiers minimise besides their weights' norm.</summary>
public enum LinearLoss
{
    SquaredHinge,
    Logistic,
}
