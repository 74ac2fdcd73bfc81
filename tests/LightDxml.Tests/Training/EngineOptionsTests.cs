using LightDxml.Configuration;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

public class EngineOptionsTests
{
    [Theory]
    [InlineData("engine.device=cuda")]
    [InlineData("engine.mixedPrecision=true")]
    public void Validate_TheCpuEngineWithWhatOnlyTorchCan_IsAnError(string assignment)
    {
        var options = Settings.Apply(new TrainingOptions(), assignment);
        var error = Assert.Throws<OptionsException>(options.Validate);
        Assert.Contains($"{assignment} needs engine.name=torch", error.Message, StringComparison.Ordinal);
        Settings.Apply(options, "engine.name=torch").Validate();
    }

    [Fact]
    public void Train_EngineThatTheProgramDoesNotRegister_IsAnError()
    {
        var options = Settings.Apply(new TrainingOptions(), "engine.name=torch");
        var error = Assert.ThrowsAny<LightDxmlException>(() =>
            Trainer.Train(SmallData.Learnable(60, 8, 1), null, options, 1, new SilentObserver()));
        Assert.Equal(
            "engine.name=torch: this program lacks what offers it; add the package LightDxml.Torch and call LightDxml.Torch.TorchEngines.Register().", error.Message);
    }
}
