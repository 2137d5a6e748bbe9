namespace OmniGen2.Tests.Pipeline;

/// <summary>A picture that another process goes on with comes out bit for bit as if nothing had happened.</summary>
public sealed class ResumeTests
{
    private const int Steps = 12;

    private static readonly GenerationRequest Edit = new()
    {
        Prompt = "Make the sky green.",
        NegativePrompt = "blurry",
        Images = [Gradient(48, 32)],
        Width = 48,
        Height = 32,
        Steps = Steps,
        TextGuidance = 4,
        ImageGuidance = 2,
        Seed = 7,
    };

    public static TheoryData<ModelPrecision, GenerationRequest, int> Cases
    {
        get
        {
            var cases = new TheoryData<ModelPrecision, GenerationRequest, int>();
            foreach (var precision in new[] { ModelPrecision.Float32, ModelPrecision.BFloat16 })
            {
                cases.Add(precision, Edit, 5);
                cases.Add(precision, Edit with { Scheduler = SchedulerKind.DpmSolver }, 1);
                cases.Add(precision, Edit with { Scheduler = SchedulerKind.DpmSolver }, 6);
                cases.Add(precision, Edit with { Cache = new CacheOptions.TeaCache(1.5) }, 6);
                cases.Add(precision, Edit with { Cache = new CacheOptions.TaylorSeer() }, 6);
                cases.Add(precision, Edit with { Cache = new CacheOptions.TaylorSeer(), Scheduler = SchedulerKind.DpmSolver, CfgEnd = 0.6 }, 9);
                cases.Add(precision, Edit with { Cache = new CacheOptions.TeaCache(1.5), CfgStart = 0.3 }, 3);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void Another_process_goes_on_to_the_same_pixels(ModelPrecision precision, GenerationRequest request, int stop)
    {
        var whole = Run(precision, request, null);
        var saved = Run(precision, request, null, stop).State!.Save();
        var resumed = Run(precision, request, DenoiseState.Load(saved));

        Assert.Equal(whole.Index, resumed.Index);
        Assert.Equal(whole.State!.Latents.Values, resumed.State!.Latents.Values);
        Assert.Equal(whole.Estimate!.Values, resumed.Estimate!.Values);
    }

    [Fact]
    public void Two_pictures_that_take_turns_do_not_touch_each_other()
    {
        using var pipeline = TinyModel.Load();
        var other = Edit with { Seed = 8, Images = [], Cache = new CacheOptions.TaylorSeer() };
        var alone = (First: Latents(pipeline.Denoise(Edit)), Second: Latents(pipeline.Denoise(other)));

        var turns = pipeline.Denoise(Edit).Zip(pipeline.Denoise(other).Prepend(new DenoiseStep(DenoisePhase.EncodingPrompt, 0, Steps))).ToList();

        Assert.Equal(alone.First, turns[^1].First.State!.Latents.Values);
        Assert.Equal(alone.Second, turns[^1].Second.State!.Latents.Values);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void State_of_another_request_is_refused(bool otherPicture)
    {
        using var pipeline = TinyModel.Load();
        var state = pipeline.Denoise(Edit).ElementAt(3).State!;
        var other = otherPicture ? Edit with { Images = [Gradient(48, 48)] } : Edit with { Seed = 8 };
        Assert.Contains("another request", Assert.Throws<ModelException>(() => pipeline.Denoise(other, state)).Message);
    }

    [Fact]
    public void State_of_another_precision_is_refused()
    {
        var state = Run(ModelPrecision.Float32, Edit, null, 2).State!;
        using var pipeline = TinyModel.Load(ModelPrecision.BFloat16);
        Assert.Throws<ModelException>(() => pipeline.Denoise(Edit, state));
    }

    private static float[] Latents(IEnumerable<DenoiseStep> steps) => steps.Last().State!.Latents.Values;

    /// <summary>Each call has a pipeline of its own, as another process would.</summary>
    private static DenoiseStep Run(ModelPrecision precision, GenerationRequest request, DenoiseState? resume, int stop = Steps)
    {
        using var pipeline = TinyModel.Load(precision);
        return pipeline.Denoise(request, resume).First(s => s.Index == stop);
    }

    private static RgbImage Gradient(int width, int height)
    {
        var image = new RgbImage(width, height);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            image.Pixels[i] = (byte)((i * 7) + (i / 96));
        }

        return image;
    }
}
