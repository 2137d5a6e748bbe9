using OmniGen2.Reflection;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Tests.Jobs;

/// <summary>Which pictures may be drawn side by side.</summary>
public sealed class LaneShapeTests
{
    private static readonly ModelInfo Model = new() { Name = "some", MinSize = 64, MaxSize = 2048, MaxPixels = 2048 * 2048 };

    private static readonly PictureRequest Plain = new() { Generation = new GenerationRequest { Prompt = "a star", Width = 512, Height = 512, MaxPixels = 2048 * 2048 } };

    [Fact]
    public void Words_seed_steps_and_solver_make_no_difference()
    {
        var other = Plain.Generation with { Prompt = "a moon", Seed = 5, Steps = 7, Scheduler = SchedulerKind.DpmSolver, TextGuidance = 3 };
        Assert.NotNull(Of(Plain));
        Assert.Equal(Of(Plain), Of(Plain with { Generation = other }));
    }

    [Fact]
    public void Size_references_and_guidance_do()
    {
        PictureRequest[] requests =
        [
            Plain,
            Plain with { Generation = Plain.Generation with { Height = 256 } },
            Plain with { Generation = Plain.Generation with { TextGuidance = 1 } },
            Plain with { References = [new Reference(Guid.Empty) { Width = 256, Height = 256 }] },
            Plain with { References = [new Reference(Guid.Empty) { Width = 256, Height = 128 }] },
        ];
        Assert.Equal(requests.Length, requests.Select(Of).Distinct().Count());
        Assert.DoesNotContain(null, requests.Select(Of));
    }

    [Fact]
    public void Large_ones_shortcuts_reflections_steps_answers_and_what_a_process_ended_at_go_alone()
    {
        Assert.All(
            [
                Plain with { Generation = Plain.Generation with { Width = 528 } },
                Plain with { Generation = Plain.Generation with { Cache = new CacheOptions.TeaCache() } },
                Plain with { Reflection = new ReflectionBudget() },
                Plain with { Kind = PictureKind.Step },
            ],
            x => Assert.Null(Of(x)));
        Assert.Null(LaneShape.Of(new Job(Guid.Empty, new AnswerRequest { Turns = [] }, default), Model));
        Assert.Null(LaneShape.Of(new Job(Guid.Empty, Plain, default) { HasCrashed = true }, Model));
    }

    private static LaneShape? Of(PictureRequest request) => LaneShape.Of(new Job(Guid.Empty, request, default), Model);
}
