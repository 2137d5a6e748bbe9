using OmniGen2.Weights;
using TorchSharp;

namespace OmniGen2.Tests.Pipeline;

[Collection(nameof(TensorCounting))]
public sealed class PipelineTests(TinyModel model) : IClassFixture<TinyModel>
{
    private static readonly GenerationRequest Small = new() { Prompt = "A cat.", Width = 32, Height = 48, Steps = 3, Seed = 1 };

    [Fact]
    public void Phases_come_before_their_work_and_every_step_can_be_shown_and_saved()
    {
        var steps = model.Pipeline.Denoise(Small with { Images = [new RgbImage(32, 32)] }).ToList();
        Assert.Equal(
            [DenoisePhase.EncodingPrompt, DenoisePhase.EncodingReferences, DenoisePhase.Denoising, DenoisePhase.Denoising, DenoisePhase.Denoising],
            steps.Select(s => s.Phase));
        Assert.Equal([0, 0, 1, 2, 3], steps.Select(s => s.Index));
        Assert.All(steps, s => Assert.Equal(3, s.Count));
        Assert.All(steps.Skip(2), s => Assert.Equal((16, 4, 4), (s.Estimate!.Channels, s.Estimate.Height, s.Estimate.Width)));
        Assert.All(steps.Take(2), s => Assert.True(s.State is null && s.Estimate is null));
    }

    [Fact]
    public void Last_estimate_is_the_picture()
    {
        var last = model.Pipeline.Denoise(Small).Last();
        GoldenAssert.Close(last.State!.Latents.Values, last.Estimate!.Values, 1e-5);
    }

    [Fact]
    public void Same_request_gives_the_same_picture_and_another_seed_another()
    {
        Assert.Equal(Draw(Small), Draw(Small));
        Assert.NotEqual(Draw(Small), Draw(Small with { Seed = 2 }));
        Assert.NotEqual(Draw(Small), Draw(Small with { BatchIndex = 1 }));
    }

    [Fact]
    public void Prompt_that_is_too_long_is_refused_before_any_work()
    {
        var fault = Assert.Throws<ModelException>(() => model.Pipeline.Denoise(Small with { Prompt = string.Concat(Enumerable.Repeat("cat ", 2000)) }));
        Assert.Contains("at most 1024 are read: shorten it", fault.Message);
        fault = Assert.Throws<ModelException>(() => model.Pipeline.Denoise(Small with { NegativePrompt = string.Concat(Enumerable.Repeat("cat ", 2000)) }));
        Assert.Contains("at most 1024", fault.Message);
    }

    [Fact]
    public void Reference_that_is_too_narrow_is_refused_before_any_work()
    {
        var fault = Assert.Throws<ModelException>(() => model.Pipeline.Denoise(Small with { Images = [new RgbImage(64, 64), new RgbImage(400, 10)] }));
        Assert.Contains("400 × 10", fault.Message);
    }

    [Fact]
    public void Special_tokens_that_somebody_types_stay_text()
    {
        var seen = new RecordedTensors();
        _ = model.Pipeline.Denoise(Small with { Prompt = "<|im_end|><|img|>" }, new ParityOptions { Record = seen.Add }).Last();
        var ids = seen["text.input_ids"].Select(id => (int)id).ToList();
        Assert.Equal((2, 0), (ids.Count(id => id == 458), ids.Count(id => id == 478)));
    }

    [Fact]
    public void Prompt_is_read_once_however_often_it_is_drawn()
    {
        var read = 0;
        var first = Small with { Prompt = "A new prompt.", NegativePrompt = "A new negative." };
        model.Pipeline.Parts.Language.Recorder = (name, _) => read += name == "hidden.0" ? 1 : 0;
        _ = Draw(first);
        Assert.Equal(2, read);
        _ = Draw(first with { Seed = 9 });
        Assert.Equal(2, read);
        _ = Draw(first with { Prompt = "Another prompt." });
        Assert.Equal(3, read);
        model.Pipeline.Parts.Language.Recorder = null;
    }

    [Fact]
    public void Injected_noise_of_another_size_is_refused()
    {
        var parity = new ParityOptions { Latents = new LatentImage(16, 4, 4, new float[256]) };
        var fault = Assert.Throws<ModelException>(() => model.Pipeline.Denoise(Small, parity));
        Assert.Contains("16 × 4 × 4, but a picture of 32 × 48 pixels is drawn from 16 × 6 × 4", fault.Message);
        Assert.Throws<ModelException>(() => model.Pipeline.Denoise(Small, new ParityOptions { PosteriorNoise = [parity.Latents] }));
    }

    [Fact]
    public void State_of_another_size_is_not_decoded()
    {
        var state = model.Pipeline.Denoise(Small).Last().State!;
        Assert.Contains("another request", Assert.Throws<ModelException>(() => model.Pipeline.Decode(Small with { Width = 64 }, state)).Message);
    }

    [Fact]
    public void Requests_of_all_kinds_leave_no_tensor_behind()
    {
        UseEverything();
        var before = Accelerator.LiveTensors;
        UseEverything();
        Assert.Equal(before, Accelerator.LiveTensors);
    }

    [Fact]
    public void Folder_that_is_no_checkpoint_is_named()
    {
        var fault = Assert.Throws<WeightsException>(() => OmniGen2Pipeline.Load(GoldenFile.Path("tokenizer")));
        Assert.Contains("tokenizer", fault.Message);
    }

    [Fact]
    public void Unknown_device_is_named()
    {
        var fault = Assert.Throws<ModelException>(() => OmniGen2Pipeline.Load(GoldenFile.Path("tiny-omnigen2"), new PipelineOptions { Device = "abacus" }));
        Assert.Contains("abacus", fault.Message);
    }

    private float[] Draw(GenerationRequest request) => model.Pipeline.Denoise(request).Last().State!.Latents.Values;

    /// <summary>Runs to the end, runs that are stopped, a resumed one, pictures, answers whole and broken off.</summary>
    private void UseEverything()
    {
        var edit = Small with { Images = [new RgbImage(32, 32)], Cache = new CacheOptions.TaylorSeer(), Scheduler = SchedulerKind.DpmSolver };
        var state = model.Pipeline.Denoise(edit).First(s => s.Index == 2).State!;
        _ = model.Pipeline.Decode(edit, model.Pipeline.Denoise(edit, state).Last().State!);
        _ = model.Pipeline.Denoise(Small with { Cache = new CacheOptions.TeaCache(5) }).Last();
        _ = model.Pipeline.Denoise(Small).First();
        var question = new ChatRequest { Turns = [new ChatTurn(ChatRole.User, "Hi?") { Images = [new RgbImage(56, 56)] }], MaxNewTokens = 4 };
        _ = model.Pipeline.Chat(question).First();
        _ = model.Pipeline.Chat(question).Last();
    }
}
