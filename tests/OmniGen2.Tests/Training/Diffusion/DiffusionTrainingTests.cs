using System.Text.Json.Nodes;
using OmniGen2.Training;
using OmniGen2.Weights;
using TorchSharp;

namespace OmniGen2.Tests.Training.Diffusion;

public sealed class DiffusionTrainingTests : IDisposable
{
    private readonly TinyDiffusion _tiny = new();

    public void Dispose() => _tiny.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void Six_steps_and_six_more_after_a_restart_are_twelve_to_the_bit(double sceneWeight)
    {
        _tiny.Settings["scene_weight"] = sceneWeight;
        var whole = Train("whole", steps: 12, resume: false);
        var first = Train("parts", steps: 6, resume: false);
        var second = Train("parts", steps: 12, resume: true);
        Assert.Equal(whole, first.Concat(second));
        Assert.Equal(Weights("whole"), Weights("parts"));
    }

    [Fact]
    public void The_loss_on_unseen_scenes_falls()
    {
        _tiny.Settings["training"] = JsonNode.Parse("""{ "steps": 60, "validate_steps": 15, "average_decay": 0.5 }""");
        _tiny.Settings["pool"]!["refresh"] = 0;
        _tiny.Settings["optimizer"] = JsonNode.Parse("""{ "learning_rate": 0.01 }""");
        using var run = _tiny.Open("falls");
        double[] losses = [.. run.Run().Where(s => s.Validation is not null).Select(s => s.Validation!["t2i"] + s.Validation["edit"] + s.Validation["compose"])];
        Assert.Equal(4, losses.Length);
        Assert.True(losses[^1] < 0.85 * losses[0], string.Join(' ', losses));
    }

    [Fact]
    public void Validation_measures_every_task_and_what_the_prompt_is_worth()
    {
        _tiny.Settings["training"]!["validate_steps"] = 2;
        _tiny.Settings["validation"]!["score_scenes"] = 1;
        using var run = _tiny.Open("validated");
        var step = run.Run().First(s => s.Validation is not null);
        string[] losses = ["t2i", "chat", "edit", "compose", "t2i_shuffled_0.02", "t2i_shuffled_0.2"];
        string[] scores = ["t2i_right", "t2i_background", "t2i_objects", "edit_right", "edit_background", "edit_objects", "edit_psnr", "compose_right", "compose_background", "compose_objects"];
        Assert.Equal(losses.Concat(scores).Order(), step.Validation!.Keys.Order());
        Assert.All(losses, name => Assert.InRange(step.Validation[name], 0.01, 10));
        Assert.False(Directory.Exists(Path.Combine(_tiny.Out("validated"), "preview")));
    }

    [Fact]
    public void What_is_exported_is_a_checkpoint_that_draws_without_the_heads()
    {
        _tiny.Settings["scene_weight"] = 0.1;
        using var run = _tiny.Open("exported");
        Assert.Equal(2, run.Run().Take(2).Count());
        Assert.Equal(["chat", "compose", "edit", "t2i"], run.Sheets().Select(s => s.Name).Order());
        run.Export(_tiny.Out("checkpoint"));
        using var pipeline = OmniGen2Pipeline.Load(_tiny.Out("checkpoint"));
        Assert.Equal("omnigen2-mini", pipeline.Info.Name);
        Assert.True(File.Exists(Path.Combine(_tiny.Out("checkpoint"), "world.json")));
    }

    private List<double> Train(string name, int steps, bool resume)
    {
        using var run = _tiny.Open(name);
        if (resume)
        {
            run.Resume(_tiny.Out(name));
        }

        // The token, unlike the end of the loop, has the state saved.
        using var stop = new CancellationTokenSource();
        var losses = new List<double>();
        foreach (var step in run.Run(cancellation: stop.Token))
        {
            losses.Add(step.Loss);
            if (step.Step == steps)
            {
                stop.Cancel();
            }
        }

        return losses;
    }

    private List<string> Weights(string name)
    {
        using var scope = torch.NewDisposeScope();
        var file = SafetensorsFile.Open(Path.Combine(_tiny.Out(name), TrainingStateFile.Load(_tiny.Out(name)).Tensors));
        return [.. file.Names.Order().Select(n => $"{n} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(file.Tensor(n).contiguous().bytes))}")];
    }
}
