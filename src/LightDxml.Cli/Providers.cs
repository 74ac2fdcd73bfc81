using LightDxml.Baselines;
using LightDxml.Encoders;
using LightDxml.Kernels.Ilgpu;
using LightDxml.Mpi;
using LightDxml.Parquet;
using LightDxml.Providers;
using LightDxml.Text.Reading;
using LightDxml.Torch;

namespace LightDxml.Cli;

/// <summary>The providers of this tool. Nothing of them is loaded before a command asks for one.</summary>
internal static class Providers
{
    public static void Register()
    {
        BaselineModels.Register();
        // Not by their own Register, which would load their assemblies: the tool runs without them too.
        ProviderCatalog.Register("ilgpu", static () => new IlgpuProvider());
        ProviderCatalog.Register("mpi", static () => new MpiProvider());
        ProviderCatalog.Register("onnx", static () => new OnnxProvider());
        ProviderCatalog.Register("torch", static () => new TorchProvider());
        ParquetDocuments.Open = static (path, options) => new ParquetDocumentReader(path, options);
    }
}
