using System.Globalization;
using BenchmarkDotNet.Running;
using LightDxml.Benchmarks.Data;
using LightDxml.Benchmarks.Text;

if (args is ["parse", var path, .. var rest])
    ParseThroughput.Run(path, rest is [var runs] ? int.Parse(runs, CultureInfo.InvariantCulture) : 9);
else if (args is ["vectorize", _, ..])
    VectorizerThroughput.Run(args[1..]);
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
