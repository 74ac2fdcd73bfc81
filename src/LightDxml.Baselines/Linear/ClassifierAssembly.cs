namespace LightDxml.Baselines.Linear;

/// <summary>Joins classifiers into <see cref="GroupedClassifiers"/>.</summary>
internal static class ClassifierAssembly
{
    /// <param name="slotOffsets">[groups + 1], the first classifier of each group.</param>
    /// <param name="classifiers">[classifiers].</param>
    /// <exception cref="LightDxmlException">There are more weights than one array can hold.</exception>
    public static GroupedClassifiers Assemble(int featureCount, int[] slotOffsets, PrunedClassifier[] classifiers)
    {
        var total = classifiers.Sum(classifier => (long)classifier.Features.Length);
        if (total > Array.MaxLength)
            throw new LightDxmlException($"{total} weights are more than one model can hold; a greater weight threshold drops more of them.");
        var groups = slotOffsets.Length - 1;
        var biases = Array.ConvertAll(classifiers, classifier => classifier.Bias);
        var rowOffsets = new int[groups + 1];
        var (features, entryOffsets) = (new List<int>(), new List<int> { 0 });
        var (children, weights) = (new int[total], new float[total]);
        var counts = new int[featureCount];
        var next = new int[featureCount];
        var written = 0;
        for (var group = 0; group < groups; group++)
        {
            var own = classifiers.AsSpan(slotOffsets[group]..slotOffsets[group + 1]);
            foreach (var classifier in own)
            {
                foreach (var feature in classifier.Features)
                    counts[feature]++;
            }

            for (var feature = 0; feature < featureCount; feature++)
            {
                if (counts[feature] == 0)
                    continue;
                features.Add(feature);
                next[feature] = written;
                written += counts[feature];
                entryOffsets.Add(written);
                counts[feature] = 0;
            }

            rowOffsets[group + 1] = features.Count;
            for (var child = 0; child < own.Length; child++)
            {
                for (var i = 0; i < own[child].Features.Length; i++)
                {
                    var entry = next[own[child].Features[i]]++;
                    children[entry] = child;
                    weights[entry] = own[child].Weights[i];
                }
            }
        }

        return new GroupedClassifiers(featureCount, slotOffsets, biases, rowOffsets, features.ToArray(), entryOffsets.ToArray(), children, weights);
    }
}
