using LightDxml.Data;

namespace LightDxml.TestKit;

/// <summary>Label matrices and rankings written out by hand or drawn from a seed.</summary>
internal static class Points
{
    /// <param name="rows">Label rows of each point, in any order.</param>
    public static SparseMatrix Labels(int labelCount, params int[][] rows)
    {
        var offsets = new long[rows.Length + 1];
        for (var i = 0; i < rows.Length; i++)
            offsets[i + 1] = offsets[i] + rows[i].Length;
        return new SparseMatrix(rows.Length, labelCount, offsets, [.. rows.SelectMany(row => row.Order())]);
    }

    /// <summary>Rankings with the scores 0.9, 0.7, 0.5 … by place; short rows leave places empty.</summary>
    public static RankedLabels Ranking(int labelCount, params int[][] rows)
    {
        var ranking = new RankedLabels(rows.Length, labelCount, rows.Max(row => row.Length));
        for (var i = 0; i < rows.Length; i++)
        {
            for (var place = 0; place < rows[i].Length; place++)
            {
                ranking.Labels(i)[place] = rows[i][place];
                ranking.Scores(i)[place] = 0.9f - 0.2f * place;
            }
        }

        return ranking;
    }

    /// <summary>Truth with 0 to 8 labels a point, frequent labels first, and rankings of 6 labels that hit about half of the time.</summary>
    public static (int[][] Truth, int[][] Rankings) Random(int seed, int points, int labelCount)
    {
        var random = new Random(seed);
        var truth = new int[points][];
        var rankings = new int[points][];
        for (var i = 0; i < points; i++)
        {
            truth[i] = Draw(random.Next(9), []);
            rankings[i] = [.. Draw(6, truth[i].Where(_ => random.Next(2) == 0)).OrderBy(_ => random.Next())];
        }

        return (truth, rankings);

        int[] Draw(int count, IEnumerable<int> start)
        {
            var drawn = new HashSet<int>(start.Take(count));
            while (drawn.Count < count)
                drawn.Add(random.Next(1 + random.Next(labelCount)));
            return [.. drawn];
        }
    }
}
