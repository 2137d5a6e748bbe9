using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Tests.Components;

public sealed class ReflectionRoundsTests : BunitContext
{
    private static readonly Guid First = Guid.NewGuid();
    private static readonly Guid Second = Guid.NewGuid();

    [Fact]
    public async Task Rounds_stand_in_order_with_score_words_and_the_best_marked()
    {
        await using var studio = await Open();
        var page = Render<ReflectionRounds>(x => x.Add(p => p.Of, Second).Add(p => p.Current, Second));
        var rounds = page.FindAll(".round");
        Assert.Equal(["15 of 25", "No score"], rounds.Select(x => x.QuerySelector(".meta")!.TextContent));
        Assert.Equal([true, false], rounds.Select(x => x.TextContent.Contains("Best", StringComparison.Ordinal)));
        Assert.Equal([$"pictures/{First}", $"pictures/{Second}"], rounds.Select(x => x.QuerySelector("a")!.GetAttribute("href")));
        Assert.Equal("true", rounds[1].QuerySelector("a")!.GetAttribute("aria-current"));
        Assert.Equal("Judged by seer · 2.0 s · 900 tokens · cost 0.0025", rounds[0].QuerySelector(".meta")!.GetAttribute("title"));
    }

    [Fact]
    public async Task Words_of_a_judge_are_never_markup()
    {
        await using var studio = await Open();
        var page = Render<ReflectionRounds>(x => x.Add(p => p.Of, First));
        Assert.Empty(page.FindAll("script, img[src=x]"));
        Assert.Contains("<script>alert(1)</script>", page.FindAll(".round__words")[0].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Round_in_the_making_is_shown_and_its_verdict_follows()
    {
        await using var studio = await Open();
        var page = Render<ReflectionRounds>(x => x.Add(p => p.Of, First).Add(p => p.Running, new JobUpdate.Working(JobPhase.Denoising, 3, 8) { Round = 3 }));
        Assert.Contains("Drawing", page.FindAll(".round")[2].TextContent, StringComparison.Ordinal);
        page.Render(x => x.Add(p => p.Running, new JobUpdate.Working(JobPhase.Judging, 8, 8) { Round = 3 }));
        Assert.Contains("Checking", page.FindAll(".round")[2].TextContent, StringComparison.Ordinal);
        studio.Service<VerdictStore>().Add(Verdict(Guid.NewGuid(), 3, 25, "All fits."), best: 3);
        page.Render(x => x.Add(p => p.Running, null));
        page.WaitForAssertion(() => Assert.Contains("All fits.", page.FindAll(".round")[2].TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(60));
        Assert.Contains("Best", page.FindAll(".round")[2].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Picture_without_reflection_shows_nothing()
    {
        await using var studio = await Open();
        Assert.Empty(Render<ReflectionRounds>(x => x.Add(p => p.Of, Guid.NewGuid())).Markup.Trim());
    }

    private async Task<TestStudio> Open()
    {
        var studio = await TestStudio.Start(new FakePipeline());
        var verdicts = studio.Service<VerdictStore>();
        verdicts.Add(Verdict(First, 1, 15, "<script>alert(1)</script><img src=x>"), best: 1);
        verdicts.Add(Verdict(Second, 2, null, "The judge is silent."), best: 1);
        Services.AddSingleton(verdicts);
        return studio;
    }

    private static VerdictRow Verdict(Guid picture, int round, double? score, string words) => new()
    {
        PictureId = picture,
        Reflection = First,
        Round = round,
        Score = score,
        Words = words,
        Judge = "seer",
        Milliseconds = 2_000,
        Tokens = 900,
        Cost = 0.0025,
    };
}
