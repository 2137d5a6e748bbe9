using OmniGen2.Models.Layers;
using TorchSharp;

namespace OmniGen2.Tests.Pipeline;

/// <summary>Pictures and answers of a pipeline that records its steps, here by the stand-in, are those of one that does not.</summary>
[Collection(nameof(TensorCounting))]
public sealed class GraphsTests
{
    private static readonly GenerationRequest Boat = new() { Prompt = "A boat on a lake.", Width = 64, Height = 48, Steps = 8, TextGuidance = 4, Seed = 1 };

    private static readonly GenerationRequest Edit = Boat with { Prompt = "Make the sky green.", Images = [Picture(64, 48, 1)], ImageGuidance = 2, CfgStart = 0.2, CfgEnd = 0.7, Scheduler = SchedulerKind.DpmSolver };

    public static TheoryData<ModelPrecision, GenerationRequest, int> Cases => new()
    {
        { ModelPrecision.Float32, Boat, 1 },
        { ModelPrecision.BFloat16, Boat with { CfgEnd = 0.5 }, 2 },
        { ModelPrecision.Float32, Edit, 2 },
        { ModelPrecision.BFloat16, Edit with { Images = [Picture(64, 48, 1), Picture(32, 64, 2)], CfgStart = 0, CfgEnd = 1 }, 1 },
        { ModelPrecision.Float32, Boat with { Cache = new CacheOptions.TeaCache(1.5) }, 0 },
        { ModelPrecision.Float32, Boat with { Steps = 2 }, 0 },
    };

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void Picture_is_the_same_bit_for_bit(ModelPrecision precision, GenerationRequest request, int recordings)
    {
        using var plain = TinyModel.Load(precision);
        using var recording = Load(precision);
        Assert.Equal(Last(plain.Denoise(request)), Last(recording.Denoise(request)));
        Assert.Equal(recordings, Policy(recording).Recordings);
        Assert.Equal(0, Policy(plain).Recordings);
    }

    [Fact]
    public void Picture_goes_on_from_a_state_in_another_process()
    {
        using var plain = TinyModel.Load();
        using var recording = Load();
        var saved = recording.Denoise(Edit).First(s => s.Index == 5).State!.Save();
        using var other = Load();
        Assert.Equal(Last(plain.Denoise(Edit)), Last(other.Denoise(Edit, DenoiseState.Load(saved))));
    }

    [Fact]
    public void Two_pictures_by_turns_and_weights_that_leave_meanwhile_change_nothing()
    {
        using var plain = TinyModel.Load();
        using var recording = Load();
        var (boat, edit) = (new List<DenoiseStep>(), new List<DenoiseStep>());
        foreach (var (one, two) in recording.Denoise(Boat).Zip(recording.Denoise(Edit).Skip(1)))
        {
            boat.Add(one);
            edit.Add(two);
            if (boat.Count == 6)
            {
                recording.Parts.Settle(Residency.Streamed);
            }
        }

        Assert.Equal(Last(plain.Denoise(Boat)), Last(boat));
        Assert.Equal(Last(plain.Denoise(Edit)), Last(edit));
        Assert.False(Policy(recording).IsOn);
    }

    [Fact]
    public void Thread_is_answered_drawn_and_answered_again()
    {
        using var plain = TinyModel.Load();
        using var recording = Load();
        ChatTurn[] thread =
        [
            new(ChatRole.User, "Please look at this picture and tell me slowly and in many words what there is to be seen in it.") { Images = [Picture(56, 84, 1)] },
            new(ChatRole.Assistant, "There is a lake behind a wood, and a boat on it, and nobody in the boat."),
            new(ChatRole.User, "And what of this one, which was taken on another day?") { Images = [Picture(56, 84, 2)] },
        ];
        Assert.NotEmpty(Answer(recording, thread[..1]));
        using var open = recording.Chat(Request(thread)).GetEnumerator();
        Assert.True(open.MoveNext());
        Assert.Equal(Answer(plain, thread[..1]), Answer(recording, thread[..1]));
        var rest = new List<ChatDelta> { open.Current };
        while (open.MoveNext())
        {
            rest.Add(open.Current);
        }

        Assert.Equal(Answer(plain, thread), rest);
        var request = new GenerationRequest { Prompt = thread[^1].Text, FromChat = true, Turns = thread, Width = 32, Height = 32, Steps = 3 };
        Assert.Equal(Last(plain.Denoise(request)), Last(recording.Denoise(request)));
        Assert.InRange(recording.TokensReused, 64, int.MaxValue);
        Assert.InRange(Policy(recording).Recordings, 2, int.MaxValue);
    }

    [Fact]
    public void Pipeline_that_ends_leaves_nothing_behind()
    {
        Run();
        var before = Accelerator.LiveTensors;
        Run();
        Assert.Equal(before, Accelerator.LiveTensors);

        static void Run()
        {
            using var recording = Load();
            _ = recording.Denoise(Boat).First(s => s.Index == 4);
            Assert.NotEmpty(Answer(recording, [new ChatTurn(ChatRole.User, "What is this?")]));
        }
    }

    private static OmniGen2Pipeline Load(ModelPrecision precision = ModelPrecision.Float32) =>
        OmniGen2Pipeline.Load(GoldenFile.Path("tiny-omnigen2"), new PipelineOptions { Precision = precision, Device = "cpu", RecordsAnywhere = true });

    private static GraphPolicy Policy(OmniGen2Pipeline pipeline) => pipeline.Parts.Graphs;

    private static float[] Last(IEnumerable<DenoiseStep> steps) => steps.Last().State!.Latents.Values;

    private static ChatRequest Request(ChatTurn[] turns) => new() { Turns = turns, MaxNewTokens = 12 };

    private static List<ChatDelta> Answer(OmniGen2Pipeline pipeline, ChatTurn[] turns) => [.. pipeline.Chat(Request(turns))];

    private static RgbImage Picture(int width, int height, int seed)
    {
        var picture = new RgbImage(width, height);
        new Random(seed).NextBytes(picture.Pixels);
        return picture;
    }
}
