namespace LightDxml.Baselines.Linear;

/// <summary>What linear classifiers minimise.</summary>
internal enum LinearLoss
{
    /// <summary>½‖w‖² + C Σ max(0, 1 − y ⟨w, x⟩)².</summary>
    SquaredHinge,

    /// <summary>½‖w‖² + C Σ log(1 + exp(−y ⟨w, x⟩)).</summary>
    Logistic,

    /// <summary>‖w‖₁ + C Σ max(0, 1 − y ⟨w, x⟩)²: most weights are 0.</summary>
    SparseSquaredHinge,
}
