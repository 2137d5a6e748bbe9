namespace OmniGen2.Tests.Pipeline;

public sealed class StudioFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Without_the_file_the_released_models_defaults_hold()
    {
        var info = StudioFile.Load(_folder, latentChannels: 16);
        Assert.Equal((256, 1024, 2048, 50, 5.0, 2.0), (info.MinSize, info.DefaultSize, info.MaxSize, info.DefaultSteps, info.TextGuidance, info.ImageGuidance));
        Assert.Equal(Path.GetFileName(_folder), info.Name);
        Assert.Null(info.LatentToRgb);
    }

    [Fact]
    public void The_file_says_what_suits_the_checkpoint()
    {
        Write("""{ "name": "small", "min_size": 64, "max_size": 256, "default_size": 128, "scheduler": "dpm_solver", "examples": ["a", "b"] }""");
        var info = StudioFile.Load(_folder, latentChannels: 16);
        Assert.Equal(("small", 64, 128, 256, SchedulerKind.DpmSolver), (info.Name, info.MinSize, info.DefaultSize, info.MaxSize, info.Scheduler));
        Assert.Equal(["a", "b"], info.Examples);
    }

    [Theory]
    [InlineData("{ \"name\": \"x\", \"min_sise\": 64 }", "min_sise")]
    [InlineData("{ \"min_size\": 64 }", "name")]
    [InlineData("{ \"name\": \"x\", \"min_size\": 60 }", "multiples of 16")]
    [InlineData("{ \"name\": \"x\", \"latent_to_rgb\": [[1,2,3]] }", "latent_to_rgb of 1 rows")]
    [InlineData("[]", "studio.json")]
    [InlineData("null", "studio.json")]
    [InlineData("{", "studio.json")]
    public void Faulty_file_is_named_with_the_fault(string json, string expected)
    {
        Write(json);
        var fault = Assert.Throws<ModelException>(() => StudioFile.Load(_folder, latentChannels: 16));
        Assert.Contains(expected, fault.Message);
    }

    private void Write(string json) => File.WriteAllText(Path.Combine(_folder, "studio.json"), json);
}
