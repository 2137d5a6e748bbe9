using OmniGen2.Training.Diffusion;
using OmniGen2.Training.Shapes;
using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Training.Diffusion;

public sealed class FrozenPartsTests : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();

    private readonly OmniGen2Pipeline _pipeline = OmniGen2Pipeline.Load(TinyDiffusion.Model, new PipelineOptions { Device = "cpu" });

    private readonly FrozenParts _frozen = new(CheckpointFolder.Open(TinyDiffusion.Model), CPU);

    private readonly Grammar _grammar = new(new WorldOptions());

    private SampleWriter Samples => new(_frozen.Reader);

    public void Dispose()
    {
        _frozen.Dispose();
        _pipeline.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_prompt_is_read_as_the_pipeline_reads_it(bool isChat)
    {
        var t2i = _grammar.T2i(SceneRandom.ForEvaluation(900_001, 0));
        var edit = _grammar.Edit(SceneRandom.ForEvaluation(900_001, 1));
        var compose = _grammar.InContext(SceneRandom.ForEvaluation(900_001, 2), ComposeKind.Three);
        Check(Samples.T2i(t2i, isChat), t2i.Prompt, []);
        Check(Samples.Edit(edit, isChat), edit.Instruction, [edit.Source]);
        Check(Samples.Compose(compose, isChat), compose.Instruction, compose.References);

        void Check(DiffusionSample sample, string prompt, IReadOnlyList<Scene> references)
        {
            var (text, negative) = Recorded(prompt, [.. references.Select(ScenePainter.Paint)], isChat);
            Same(text, _frozen.EncodePrompts([sample.Prompt]));
            Same(negative, _frozen.EncodePrompts([Samples.Empty(isChat)]));
        }
    }

    [Fact]
    public void Prompts_of_one_length_are_read_together_as_each_alone()
    {
        var prompts = Enumerable.Range(0, 200).Select(i => Samples.Edit(_grammar.Edit(SceneRandom.ForEvaluation(900_002, i)), isChat: true).Prompt)
            .GroupBy(p => p.Ids.Length).MaxBy(g => g.Count())!.Take(5).ToList();
        var together = _frozen.EncodePrompts(prompts);
        for (var i = 0; i < prompts.Count; i++)
        {
            Same(_frozen.EncodePrompts([prompts[i]]), together.narrow(0, i, 1));
        }
    }

    [Fact]
    public void Latents_in_a_shard_are_the_encoder_s_means_in_bf16_and_text_states_those_of_the_prompts()
    {
        using var folder = new TempFolder();
        var tasks = Enumerable.Range(0, 3).Select(i => _grammar.Edit(SceneRandom.ForEvaluation(900_003, i))).ToList();
        var samples = tasks.Select(t => Samples.Edit(t, isChat: false)).ToList();
        new ShardWriter(_frozen, Samples).Write(folder.File("shard"), samples);
        var shard = new Shard(0, folder.File("shard"));
        foreach (var (key, count) in shard.Buckets)
        {
            for (var i = 0L; i < count; i++)
            {
                var row = Assert.Single(shard.Rows(key, [i]));
                var task = tasks[(int)row.Number];
                Mean(task.Target, shard.Latents([row.Target]));
                Mean(task.Source, shard.Latents(row.References));
                Mean(new Scene(task.Target.Background, []), shard.Backdrops([row.Target]));
                Same(_frozen.EncodePrompts([samples[(int)row.Number].Prompt]).to(ScalarType.BFloat16), shard.Text(key, [i]));
            }
        }

        void Mean(Scene scene, Tensor latents)
        {
            var mean = _pipeline.EncodeMean(ScenePainter.Paint(scene));
            Same(torch.tensor(mean.Values, [1, mean.Channels, mean.Height, mean.Width]).to(ScalarType.BFloat16), latents);
        }
    }

    private (Tensor Text, Tensor Negative) Recorded(string prompt, RgbImage[] images, bool isChat)
    {
        var recorded = new Dictionary<string, Tensor>();
        var request = _pipeline.Info.Request(prompt) with { Images = images, FromChat = isChat, Steps = 1 };
        var parity = new ParityOptions { Record = (name, tensor) => recorded[name] = tensor.clone().DetachFromDisposeScope() };
        Assert.NotEmpty(_pipeline.Denoise(request, parity).ToList());
        return (recorded["text.embeds"], recorded["text.negative_embeds"]);
    }

    // A product of another shape may round its last bit otherwise, which bf16 can show as one step.
    private static void Same(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        var wide = expected.to(ScalarType.Float32);
        var tolerance = expected.dtype == ScalarType.BFloat16 ? 0.008 : 2e-5;
        Assert.True(((actual.to(ScalarType.Float32) - wide).abs() <= (wide.abs() * tolerance) + 2e-5).all().item<bool>());
    }
}
