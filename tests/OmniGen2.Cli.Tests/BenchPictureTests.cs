using System.Text.Json;
using OmniGen2.Tests;
using OmniGen2.Weights;

namespace OmniGen2.Cli.Tests;

public sealed class BenchPictureTests
{
    [Fact]
    public void Pictures_take_turns_and_the_first_is_written_with_all_that_it_came_from()
    {
        using var folder = new TempFolder();
        var path = folder.File("picture.safetensors");
        var output = CliRun.Of(
            new CliOptions { Input = "\n\n\n" },
            "bench", "picture", "--model", Checkpoints.Mini, "--size", "64", "--steps", "3", "--repeat", "2", "--out", path, "--by-turns", "--json").MustSucceed().Output.Split('\n');
        Assert.Equal(["done", "done", "done"], output.Take(3));
        using var report = JsonDocument.Parse(output[3]);
        Assert.InRange(report.RootElement.GetProperty("best_seconds").GetDouble(), double.Epsilon, report.RootElement.GetProperty("median_seconds").GetDouble());

        var file = SafetensorsFile.Open(path);
        Assert.Equal(["input.latents", "input.timesteps", "out.latents", "out.pixels", "text.embeds", "text.negative_embeds"], file.Names.Order());
        Assert.Equal([3], file.Tensor("input.timesteps").shape);
        Assert.Equal([1, 16, 8, 8], file.Tensor("input.latents").shape);
        Assert.Equal([1, 3, 64, 64], file.Tensor("out.pixels").shape);
        Assert.False(file.Tensor("input.latents").Equals(file.Tensor("out.latents")));
    }

    [Fact]
    public void Folder_without_a_checkpoint_is_refused()
    {
        using var folder = new TempFolder();
        var run = CliRun.Of("bench", "picture", "--model", folder.File("nothing"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("nothing", run.Error);
    }
}
