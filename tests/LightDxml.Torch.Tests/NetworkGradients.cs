using LightDxml.Torch.Networks;
using TorchSharp;

namespace LightDxml.Torch.Tests;

/// <summary>Compares gradients of a network in double precision with finite differences.</summary>
internal static class NetworkGradients
{
    private const double Step = 1e-6;

    /// <summary>Of every parameter, some numbers.</summary>
    /// <param name="loss">What the gradients are of.</param>
    /// <param name="place">Of a parameter, the trial's number and a place drawn, the place that is tried; null for that drawn.</param>
    public static void AreFiniteDifferences(TextNetwork network, Func<torch.Tensor> loss, Func<string, torch.Tensor, int, int, int>? place = null)
    {
        using (var whole = loss())
            whole.backward();
        var numbers = new Random(3);
        foreach (var (name, parameter) in network.named_parameters())
        {
            var gradient = parameter.grad!.data<double>().ToArray();
            for (var trial = 0; trial < 8; trial++)
            {
                var at = numbers.Next(gradient.Length);
                at = place?.Invoke(name, parameter, trial, at) ?? at;
                var difference = (At(Step) - At(-Step)) / (2 * Step);
                Assert.True(Math.Abs(difference - gradient[at]) < 1e-5 * Math.Max(1, Math.Abs(difference)), $"{name}[{at}]: {gradient[at]} should be {difference}");

                double At(double change)
                {
                    using var off = torch.no_grad();
                    using var flat = parameter.view(-1);
                    using var number = flat[at];
                    number.add_(change);
                    using var changed = loss();
                    number.sub_(change);
                    return changed.item<double>();
                }
            }
        }
    }
}
