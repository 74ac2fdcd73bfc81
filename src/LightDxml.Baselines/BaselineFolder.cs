using System.Runtime.InteropServices;
using LightDxml.Baselines.FastText;
using LightDxml.Baselines.InstanceTrees;
using LightDxml.Baselines.LabelTrees;
using LightDxml.Baselines.Neighbours;
using LightDxml.Baselines.Perceptron;
using LightDxml.Baselines.Simple;
using LightDxml.Baselines.Slice;
using LightDxml.Configuration;
using LightDxml.Models;

namespace LightDxml.Baselines;

/// <summary>
/// A baseline on disk: <c>model.safetensors</c> (parameters) and <c>config.json</c> (family, settings, statistics).
/// Written whole or not at all; saving and loading gives the same predictions.
/// </summary>
internal static class BaselineFolder
{
    /// <summary>Features and labels that a model of any size may have.</summary>
    private const int FewCounts = 1 << 24;

    /// <exception cref="LightDxmlException">The folder exists, is not empty, and is not a model; or the model's training diverged.</exception>
    public static void Save(BaselineModel model, BaselineStatistics statistics, string folder)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelFolder.Save(folder, temporary =>
        {
            var writer = new SafetensorsWriter();
            writer.AddMetadata("format", BaselineConfiguration.CurrentFormat);
            model.AddTensors(writer);
            if (writer.FirstNotFinite() is { } name)
                throw new LightDxmlException($"The training diverged: '{name}' of the model holds values that are infinite or not a number. Nothing was saved. Features whose values are very small or very large may be the cause.");
            ModelFolder.WriteTensors(temporary, writer);
            ModelFolder.WriteConfiguration(temporary, BaselineConfiguration.Of(model, statistics).Write);
        });
    }

    /// <summary>Makes known to <see cref="ModelStore"/> how models of this format are read.</summary>
    public static void Register() => ModelStore.Register(BaselineConfiguration.CurrentFormat, "a baseline", files => Load(files).Model);

    /// <exception cref="LightDxmlException">There is no baseline's model, a file of it is missing or damaged, or it is of a later version.</exception>
    public static (BaselineModel Model, BaselineStatistics Statistics) Load(string folder) => Load(ModelFolder.Files(folder));

    internal static (BaselineModel Model, BaselineStatistics Statistics) Load(ModelFiles files)
    {
        var path = files.NameOf(ModelFolder.ConfigurationFile);
        var configuration = BaselineConfiguration.Read(files);
        if (configuration.Files is { } saved)
            files = new CheckedFiles(files, saved);
        using var file = files.OpenTensors(ModelFolder.TensorFile);
        var (features, labels) = (configuration.FeatureCount, configuration.LabelCount);
        CheckCount(features, "features");
        CheckCount(labels, "labels");
        BaselineModel model = configuration.Family switch
        {
            LabelTreeModel.FamilyName => LabelTreeModel.Read(file, Settings(LabelTreeOptions.Table), features, labels),
            MostFrequentModel.FamilyName => MostFrequentModel.Read(file, features, labels),
            NeighbourModel.FamilyName => NeighbourModel.Read(file, Settings(NeighbourOptions.Table), features, labels),
            FastTextModel.FamilyName => FastTextModel.Read(file, Settings(FastTextOptions.Table), features, labels),
            PerceptronModel.FamilyName => PerceptronModel.Read(file, Settings(PerceptronOptions.Table), features, labels),
            SliceModel.FamilyName => SliceModel.Read(file, Settings(SliceOptions.Table), features, labels),
            InstanceTreeModel.FamilyName => InstanceTreeModel.Read(file, Settings(InstanceTreeOptions.Table), features, labels),
            var family => throw new LightDxmlException($"{path}: '{family}' is not a family of models that this program knows."),
        };
        return (model, configuration.Statistics);

        // Sparse models may have more features and labels than entries, but memory is not taken for any number that a small file names.
        void CheckCount(int count, string what)
        {
            if (count > Math.Max(FewCounts, file.ByteLength))
                throw new LightDxmlException($"{path}: {count} {what} are more than a model of {file.ByteLength} bytes can have: damaged.");
        }

        TOptions Settings<TOptions>(SettingTable<TOptions> table)
            where TOptions : class, new() =>
            table.ReadJson(JsonMarshal.GetRawUtf8Value(configuration.Settings), $"{path}, settings", new TOptions());
    }
}
