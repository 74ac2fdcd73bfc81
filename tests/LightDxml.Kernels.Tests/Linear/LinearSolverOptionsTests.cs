using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Kernels.Linear;

namespace LightDxml.Kernels.Tests.Linear;

public sealed class LinearSolverOptionsTests
{
    public static TheoryData<string> Bad => ["Cost", "Tolerance", "MaxPasses", "BiasFeature", "Contrast"];

    [Theory]
    [MemberData(nameof(Bad))]
    public void Solvers_RefuseAValueOutOfItsRange_AndNameIt(string setting)
    {
        var options = setting switch
        {
            "Cost" => new LinearSolverOptions(Cost: 0),
            "Tolerance" => new LinearSolverOptions(Tolerance: -1),
            "MaxPasses" => new LinearSolverOptions(MaxPasses: 0),
            "BiasFeature" => new LinearSolverOptions(BiasFeature: -1),
            _ => new LinearSolverOptions(Contrast: 1.1),
        };
        var features = SparseMatrix.OfRows([([0], [1f])], 1);
        Assert.Contains(setting, Assert.Throws<OptionsException>(() => new DualCoordinateDescent(features, options)).Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(setting, Assert.Throws<OptionsException>(() => new LogisticCoordinateDescent(features, options)).Message, StringComparison.OrdinalIgnoreCase);
    }
}
