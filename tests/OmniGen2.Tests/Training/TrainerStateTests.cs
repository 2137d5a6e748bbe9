using OmniGen2.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Training;

public sealed class TrainerStateTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private readonly DisposeScope _scope = torch.NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void What_was_logged_beyond_the_state_is_cut_when_the_run_goes_on()
    {
        using (var task = new TinyFlow(2))
        using (var trainer = new Trainer<TinyFlow.Batch>(task, task.Optimizers(0.01), TinyRun.Forty, _folder.Path))
        {
            Assert.Equal(7, trainer.Run().Take(7).Count());
        }

        File.AppendAllText(_folder.File("log.jsonl"), "{\"step\": 8, \"sam");
        Assert.Equal(7, TrainingLog.Read(_folder.Path).Count);
        Assert.Equal(0, TrainingStateFile.Load(_folder.Path).Step);
        using (var task = new TinyFlow(2))
        using (var trainer = new Trainer<TinyFlow.Batch>(task, task.Optimizers(0.01), TinyRun.Forty, _folder.Path))
        {
            trainer.Resume(_folder.Path);
            Assert.Equal(3, trainer.Run().Take(3).Count());
        }

        Assert.Equal([1, 2, 3], TrainingLog.Read(_folder.Path).Select(s => s.Step));
    }

    [Fact]
    public void A_state_that_cannot_be_written_leaves_the_one_before_intact()
    {
        // Where the tensors of step 3 should go lies a folder.
        Directory.CreateDirectory(_folder.File("state-00000003.safetensors"));
        using var task = new TinyFlow(2);
        using var trainer = new Trainer<TinyFlow.Batch>(task, task.Optimizers(0.01), TinyRun.Forty with { SaveMinutes = 1e-9 }, _folder.Path);
        var fault = Assert.ThrowsAny<ModelException>(() => trainer.Run().Count());
        Assert.Contains("state-00000003.safetensors cannot be written", fault.Message);
        Assert.Equal(2, TrainingStateFile.Load(_folder.Path).Step);
        trainer.Resume(_folder.Path);
        Assert.Equal(2, trainer.Step);
        Assert.Equal(["log.jsonl", "state-00000002.safetensors", "state.json"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Averages_may_begin_when_a_run_goes_on()
    {
        TinyRun.Take(_folder, "run", TinyRun.Forty with { AverageDecay = 0 }, steps: 2);
        using var task = new TinyFlow(4);
        using var trainer = new Trainer<TinyFlow.Batch>(task, task.Optimizers(0.01), TinyRun.Forty, _folder.File("run"));
        trainer.Resume(_folder.File("run"));
        Assert.Equal(task.Parameters["layers.0.attn.to_q.weight"].Floats(), trainer.Weights["layers.0.attn.to_q.weight"].Floats());
    }

    [Fact]
    public void Forgetting_to_resume_does_not_cost_the_run()
    {
        TinyRun.Take(_folder, "run", TinyRun.Forty, steps: 2);
        var fault = Assert.Throws<ModelException>(() => TinyRun.Take(_folder, "run", TinyRun.Forty, steps: 2));
        Assert.Contains("holds a run at step 2", fault.Message);
    }

    [Fact]
    public void A_run_begins_anew_from_weights_alone()
    {
        var path = _folder.File("weights.safetensors");
        using var first = new TinyFlow(2);
        using (var trainer = new Trainer<TinyFlow.Batch>(first, first.Optimizers(0.01), TinyRun.Forty, _folder.File("first")))
        {
            Assert.Equal(40, trainer.Run().Count());
            trainer.Export(path, ScalarType.Float32);
        }

        using var second = new TinyFlow(2);
        using var anew = new Trainer<TinyFlow.Batch>(second, second.Optimizers(0.01), TinyRun.Forty, _folder.File("second"));
        anew.StartFrom(path);
        using var noGrad = torch.no_grad();
        Assert.Equal(TrainingLog.Read(_folder.File("first"))[^1].Validation!["loss"], second.Validate()["loss"]);
        using var recording = torch.enable_grad();
        var step = anew.Run().First();
        Assert.Equal((1, 0.2), (step.Step, step.Rate));
    }

    [Fact]
    public void A_state_of_another_architecture_is_refused_by_name()
    {
        TinyRun.Take(_folder, "run", TinyRun.Forty, steps: 2);
        using var wide = new TinyFlow(2, hidden: 48);
        using var trainer = new Trainer<TinyFlow.Batch>(wide, wide.Optimizers(0.01), TinyRun.Forty, _folder.File("run"));
        var fault = Assert.Throws<ModelException>(() => trainer.Resume(_folder.File("run")));
        Assert.Contains("another architecture", fault.Message);
        Assert.Contains("no saved state", Assert.Throws<ModelException>(() => trainer.Resume(_folder.Path)).Message);
    }
}
