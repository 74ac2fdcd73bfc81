namespace LightDxml.Baselines.LabelTrees;

/// <summary>Logarithms of the probabilities that classifiers' outputs stand for.</summary>
internal static class LogTransfer
{
    /// <summary>scores[i] = log p(scores[i]); at most 0, and finite.</summary>
    public static void Apply(ScoreTransfer transfer, Span<float> scores)
    {
        switch (transfer)
        {
            case ScoreTransfer.SquaredHinge:
                foreach (ref var score in scores)
                {
                    var gap = MathF.Max(0, 1 - score);
                    score = -gap * gap;
                }

                break;
            case ScoreTransfer.CubedHinge:
                foreach (ref var score in scores)
                {
                    var gap = MathF.Max(0, 1 - score);
                    score = -gap * gap * gap;
                }

                break;
            default:
                // log(1 / (1 + e^−s)) without overflow: min(s, 0) − log(1 + e^−|s|).
                foreach (ref var score in scores)
                    score = MathF.Min(score, 0) - MathF.Log(1 + MathF.Exp(-MathF.Abs(score)));
                break;
        }
    }
}
