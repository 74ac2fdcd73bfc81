#pragma warning disable
namespace LightDxml.Data
{
    public enum DataFormat { Auto, XmlRepository, SvmLight }

    public sealed record DatasetReadOptions
    {
        public DataFormat Format { get; init; }
        public int Threads { get; init; }
        public int MinFeatureCount { get; init; }
        public int MinLabelCount { get; init; }
    }

    public static class DatasetFile
    {
        public static Dataset Read(string path, DataFormat format = DataFormat.Auto, int threads = 0) => throw new NotImplementedException();
        public static Dataset Read(string path, DatasetReadOptions options) => throw new NotImplementedException();
        public static Dataset ReadSplit(string featuresPath, string labelsPath, int threads = 0) => throw new NotImplementedException();
        public static void Write(Dataset dataset, string path, DataFormat format = DataFormat.Auto) => throw new NotImplementedException();
    }

    public static class PredictionFile
    {
        public static void Write(RankedLabels predictions, string path) => throw new NotImplementedException();
        public static RankedLabels Read(string path, int threads = 0) => throw new NotImplementedException();
    }
}

namespace LightDxml.Storage
{
    public static class AtomicFile
    {
        public static void Write(string path, Action<Stream> write) => throw new NotImplementedException();
    }
}
