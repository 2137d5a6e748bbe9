using OmniGen2.Training;
using OmniGen2.Training.Language;
using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Training.Language;

public sealed class LanguageTrainingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private readonly DisposeScope _scope = torch.NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_batch_is_the_same_on_every_thread()
    {
        using var task = Task(Mini.Config(_folder));
        using var alone = task.Load(5);
        var others = Enumerable.Range(0, 4).AsParallel().Select(_ => task.Load(5)).ToList();
        using var next = task.Load(6);
        foreach (var other in others)
        {
            Assert.Equal(Everything(alone), Everything(other));
            Assert.NotEqual(Everything(alone), Everything(next));
            other.Dispose();
        }

        static IEnumerable<float> Everything(LanguageBatch batch) =>
            new[] { batch.Ids, batch.Patches!, batch.Sources, batch.Answers.Labels, batch.Prompts.Labels, batch.Grounds.Labels, batch.Dense! }
                .SelectMany(t => t.to_type(ScalarType.Float32).contiguous().data<float>().ToArray());
    }

    [Fact]
    public void A_run_goes_on_bit_by_bit()
    {
        var config = Mini.Config(_folder, "\"stages\": [ { \"until\": 3, \"world\": { \"max_objects\": 1 } } ]");
        var whole = Take(config, "whole", 6);
        var first = Take(config, "halves", 3);
        var second = Take(config, "halves", 3, resume: true);
        Assert.Equal(whole.Losses, first.Losses.Concat(second.Losses));
        Assert.Equal(whole.Weights, second.Weights);
    }

    [Fact]
    public void The_loss_falls_and_the_heads_learn_first()
    {
        using var task = Task(Mini.Config(_folder, "\"optimizer\": { \"learning_rate\": 0.003 }"));
        var before = task.Parameters.Where(p => LanguageTask.IsHead(p.Key)).ToList();
        Assert.Equal(10, before.Count);
        Assert.All(before, head => Assert.Equal(0, head.Value.abs().max().item<float>()));

        var losses = Take(Mini.Config(_folder), "falls", 50).Losses;
        Assert.True(losses.TakeLast(10).Average() < 0.75 * losses.Take(10).Average(), string.Join(", ", losses));
    }

    [Fact]
    public void An_export_is_a_checkpoint_of_the_trained_weights_and_the_other_parts()
    {
        var config = Mini.Config(_folder);
        using var run = LanguageTraining.Open(config, _folder.File("run"));
        Assert.Equal(2, run.Run().Take(2).Count());
        run.Export(_folder.File("export"));

        using var pipeline = OmniGen2Pipeline.Load(_folder.File("export"));
        var weights = SafetensorsFile.Open(_folder.File("export/mllm/model.safetensors"));
        var original = SafetensorsFile.Open(Path.Combine(Mini.Path, "mllm/model.safetensors"));
        Assert.Equal(original.Names.Order(), weights.Names.Order());
        Assert.All(weights.Names, name => Assert.Equal(ScalarType.BFloat16, weights.Tensor(name).dtype));
        Assert.False(original.Tensor("model.norm.weight").eq(weights.Tensor("model.norm.weight")).all().item<bool>());
        Assert.Equal(File.ReadAllBytes(Path.Combine(Mini.Path, "vae/diffusion_pytorch_model.safetensors")), File.ReadAllBytes(_folder.File("export/vae/diffusion_pytorch_model.safetensors")));
    }

    [Fact]
    public void Validation_and_sheets_say_what_the_model_answers()
    {
        using var task = Task(Mini.Config(_folder));
        using var noGrad = torch.no_grad();
        var scores = task.Validate();
        Assert.Superset(
            new HashSet<string> { "answer_ce", "echo_ce", "parse", "ground", "claim", "dense_shape", "dense_background", "exact", "exact_caption", "judge", "judge_exact" },
            scores.Keys.ToHashSet());
        Assert.All(scores.Where(s => !s.Key.EndsWith("_ce", StringComparison.Ordinal)), score => Assert.InRange(score.Value, 0, 1));

        // The checkpoint knows its backgrounds.
        using var run = LanguageTraining.Open(Mini.Config(_folder), _folder.File("sheets"));
        var rows = run.Sheets().SelectMany(s => s.Rows).ToList();
        Assert.Equal(13, rows.Count);
        Assert.Contains(rows, row => row.Caption.StartsWith("What is the background? → ", StringComparison.Ordinal));
        Assert.All(rows, row => Assert.Equal((128, 128), (row.Pictures[0].Width, row.Pictures[0].Height)));
    }

    private static LanguageTask Task(string config) => new(StrictJson.Load<LanguageConfig>(config), CheckpointFolder.Open(Mini.Path));

    private (List<double> Losses, float[] Weights) Take(string config, string name, int steps, bool resume = false)
    {
        using var run = LanguageTraining.Open(config, _folder.File(name));
        if (resume)
        {
            run.Resume(_folder.File(name));
        }

        using var stop = new CancellationTokenSource();
        var losses = new List<double>();
        foreach (var step in run.Run(cancellation: stop.Token))
        {
            losses.Add(step.Loss);
            if (losses.Count == steps)
            {
                stop.Cancel();
            }
        }

        var state = SafetensorsFile.Open(_folder.File($"{name}/{TrainingStateFile.Load(_folder.File(name)).Tensors}"));
        return (losses, [.. state.Names.Order().SelectMany(n => state.Tensor(n).to_type(ScalarType.Float32).contiguous().data<float>().ToArray())]);
    }
}
