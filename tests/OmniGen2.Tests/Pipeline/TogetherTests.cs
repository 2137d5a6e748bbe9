using TorchSharp;

namespace OmniGen2.Tests.Pipeline;

/// <summary>Pictures that are drawn side by side come out bit for bit as each alone, whoever joins, leaves or fails.</summary>
[Collection(nameof(TensorCounting))]
public sealed class TogetherTests
{
    private static readonly GenerationRequest Boat = new() { Prompt = "A boat on a lake.", Width = 64, Height = 48, Steps = 8, TextGuidance = 4, Seed = 1 };

    private static readonly GenerationRequest Tower = Boat with { Prompt = "A tall tower of glass in the evening sun.", NegativePrompt = "blurry", Steps = 6, Seed = 2, Scheduler = SchedulerKind.DpmSolver };

    private static readonly GenerationRequest Cat = Boat with { Prompt = "A cat.", TextGuidance = 1, Seed = 3 };

    private static readonly GenerationRequest Edit = Boat with { Prompt = "Make the sky green.", Images = [new RgbImage(64, 48)], CfgEnd = 0.5, Seed = 4 };

    [Theory]
    [InlineData(ModelPrecision.Float32, Residency.All)]
    [InlineData(ModelPrecision.BFloat16, Residency.All)]
    [InlineData(ModelPrecision.BFloat16, Residency.Streamed)]
    public void Pictures_that_join_and_leave_at_any_step_are_those_of_each_alone(ModelPrecision precision, Residency residency)
    {
        GenerationRequest[] requests = [Boat, Tower, Cat, Edit];
        using var alone = Load(precision, Residency.All);
        var expected = requests.Select(r => Last(alone.Denoise(r))).ToList();

        using var pipeline = Load(precision, residency);
        using var lanes = new Lanes(pipeline);
        lanes.Join(Boat);
        lanes.Join(Edit);
        lanes.Go(rounds: 3);
        lanes.Join(Tower);
        lanes.Join(Cat);
        lanes.Go(rounds: 4);
        Assert.Equal(4, lanes.Together);
        var saved = lanes.Leave(Cat)!.Save();
        lanes.Go(rounds: 20);

        Assert.Equal(expected[0], lanes.States[Boat].Latents.Values);
        Assert.Equal(expected[1], lanes.States[Tower].Latents.Values);
        Assert.Equal(expected[2], Last(alone.Denoise(Cat, DenoiseState.Load(saved))));
        Assert.Equal(expected[3], lanes.States[Edit].Latents.Values);
    }

    [Fact]
    public void Picture_goes_on_side_by_side_from_a_state_that_it_reached_alone()
    {
        using var pipeline = Load();
        var state = pipeline.Denoise(Tower).First(s => s.Index == 3).State!;
        using var lanes = new Lanes(pipeline);
        lanes.Join(Boat);
        lanes.Join(Tower, state);
        lanes.Go(rounds: 20);
        Assert.Equal(Last(pipeline.Denoise(Tower)), lanes.States[Tower].Latents.Values);
    }

    [Fact]
    public void Picture_with_a_shortcut_is_left_to_itself()
    {
        using var pipeline = Load();
        var shortcut = Tower with { Cache = new CacheOptions.TaylorSeer() };
        using var lanes = new Lanes(pipeline);
        lanes.Join(Boat);
        lanes.Join(shortcut);
        lanes.Go(rounds: 20);
        Assert.Equal(0, lanes.Together);
        Assert.Equal(Last(pipeline.Denoise(shortcut)), lanes.States[shortcut].Latents.Values);
    }

    [Fact]
    public void No_more_go_together_than_memory_has_room_for()
    {
        using var measured = Load();
        var pixels = (long)Boat.Width * Boat.Height;
        var footprint = measured.Info.Footprint!;
        using var limited = Load(limit: footprint.Of(Residency.All, pixels) + footprint.Beside(pixels));
        using var lanes = new Lanes(limited);
        lanes.Join(Boat);
        lanes.Join(Tower);
        lanes.Join(Cat);
        lanes.Go(rounds: 20);
        Assert.Equal(2, lanes.Together);
        Assert.Equal(Last(measured.Denoise(Cat)), lanes.States[Cat].Latents.Values);
    }

    [Fact]
    public void Memory_that_runs_out_sends_each_on_alone()
    {
        using var pipeline = Load();
        var strained = new ParityOptions { Record = (name, tensor) => Assert.NotNull(name == "ahead.step02" ? throw new TorchOutOfMemoryException("as if") : tensor) };
        using var lanes = new Lanes(pipeline);
        lanes.Join(Boat, pipeline.Denoise(Boat, strained));
        lanes.Join(Cat);
        lanes.Go(rounds: 4);
        Assert.Equal([0, 0, 2, 0], lanes.Rounds);
        lanes.Go(rounds: 20);
        Assert.Equal(Last(pipeline.Denoise(Boat)), lanes.States[Boat].Latents.Values);
        Assert.Equal(Last(pipeline.Denoise(Cat)), lanes.States[Cat].Latents.Values);
    }

    [Fact]
    public void Step_that_was_computed_and_never_taken_leaves_nothing_behind()
    {
        using var pipeline = Load();
        Last(pipeline.Denoise(Boat));
        Last(pipeline.Denoise(Cat));
        var before = Accelerator.LiveTensors;
        using (var lanes = new Lanes(pipeline))
        {
            lanes.Join(Boat);
            lanes.Join(Cat);
            lanes.Go(rounds: 3);
            Assert.Equal(2, lanes.Prepare());
            Assert.Equal(0, lanes.Prepare());
        }

        Assert.Equal(before, Accelerator.LiveTensors);
    }

    private static OmniGen2Pipeline Load(ModelPrecision precision = ModelPrecision.Float32, Residency residency = Residency.All, long? limit = null) =>
        OmniGen2Pipeline.Load(GoldenFile.Path("tiny-omnigen2"), new PipelineOptions { Precision = precision, Device = "cpu", Residency = residency, MemoryLimit = limit });

    private static float[] Last(IEnumerable<DenoiseStep> steps) => steps.Last().State!.Latents.Values;

    /// <summary>Takes all of them a quantum further in each round, as a worker would.</summary>
    private sealed class Lanes(OmniGen2Pipeline pipeline) : IDisposable
    {
        private readonly Dictionary<GenerationRequest, IEnumerator<DenoiseStep>> _open = [];

        public Dictionary<GenerationRequest, DenoiseState> States { get; } = [];

        /// <summary>How many went together in each round.</summary>
        public List<int> Rounds { get; } = [];

        /// <summary>The most that went together in a round.</summary>
        public int Together => Rounds.Max();

        public void Join(GenerationRequest request, DenoiseState? state = null) => Join(request, pipeline.Denoise(request, state));

        public void Join(GenerationRequest request, IEnumerable<DenoiseStep> steps) => _open[request] = steps.GetEnumerator();

        public DenoiseState? Leave(GenerationRequest request)
        {
            _open.Remove(request, out var steps);
            steps!.Dispose();
            return States.GetValueOrDefault(request);
        }

        public int Prepare() => pipeline.Prepare([.. _open.Values]).Count;

        public void Go(int rounds)
        {
            for (; rounds > 0 && _open.Count > 0; rounds--)
            {
                Rounds.Add(Prepare());
                foreach (var (request, steps) in _open.ToList())
                {
                    if (!steps.MoveNext())
                    {
                        Leave(request);
                    }
                    else if (steps.Current.State is { } state)
                    {
                        States[request] = state;
                    }
                }
            }
        }

        public void Dispose() => _open.Keys.ToList().ForEach(x => Leave(x));
    }
}
