using LightDxml.Benchmarks;

if (args is ["recall", ..])
    HnswRecall.Run();
else
    BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
