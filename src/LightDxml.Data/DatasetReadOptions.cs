using LightDxml.Configuration;

namespace LightDxml.Data;

/// <summary>How a data set is read.</summary>
public sealed record DatasetReadOptions
{
    /// <summary>Format of the file; by default it is recognized from its name and its beginning.</summary>
    public DataFormat Format { get; init; } = DataFormat.Auto;

    /// <summary>Parsing threads; 0 takes every processor. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>svmlight files name no counts: the features are at least so many, to fit the space of a training set.</summary>
    public int MinFeatureCount { get; init; }

    /// <summary>svmlight files name no counts: the labels are at least so many, to fit the space of a training set.</summary>
    public int MinLabelCount { get; init; }

    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public DatasetReadOptions Validate()
    {
        Check.Range(Threads, 0, int.MaxValue, "threads");
        Check.Range(MinFeatureCount, 0, int.MaxValue, "minimum feature count");
        Check.Range(MinLabelCount, 0, int.MaxValue, "minimum label count");
        return this;
    }
}
