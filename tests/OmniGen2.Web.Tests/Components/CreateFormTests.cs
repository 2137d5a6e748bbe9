using OmniGen2.Web.Components.Tabs;

namespace OmniGen2.Web.Tests.Components;

public sealed class CreateFormTests
{
    private static readonly ModelInfo Model = new() { Name = "fake", DefaultSteps = 40, TextGuidance = 4, EditTextGuidance = 3, MinSize = 64, MaxSize = 256, DefaultSize = 128 };

    [Theory]
    [InlineData("a watercolour of {prompt}, soft light", "a watercolour of a red star, soft light")]
    [InlineData("soft light", "a red star, soft light")]
    public void A_style_puts_its_words_around_the_prompt(string words, string expected)
    {
        var form = CreateForm.For(Model) with { Prompt = " a red star ", Style = new Style(Guid.NewGuid(), "soft", words) };
        Assert.Equal(expected, form.ToRequest(Model).Prompt);
    }

    [Fact]
    public void The_head_names_what_was_changed_and_counts_where_that_is_too_long()
    {
        var form = CreateForm.For(Model);
        Assert.Equal("random seed · guidance 4", form.FineTuning(Model));
        Assert.Equal("random seed · guidance 4", (form with { Steps = QualityLevel.For(Model)[0].Steps }).FineTuning(Model));
        Assert.Equal("33 steps · seed 7", (form with { Steps = 33, Seed = 7 }).FineTuning(Model));
        Assert.Equal("guidance 0–60 % · DPM-Solver++", (form with { CfgEnd = 0.6, Scheduler = SchedulerKind.DpmSolver }).FineTuning(Model));
        Assert.Equal("3 changed", (form with { Steps = 33, Seed = 7, TextGuidance = 2 }).FineTuning(Model));
        Assert.Equal("random seed · guidance 3", CreateForm.For(Model, fromPictures: true).FineTuning(Model, fromPictures: true));
    }

    [Fact]
    public void A_seed_that_counts_up_goes_on_behind_the_batch_and_stays_at_the_end()
    {
        var form = CreateForm.For(Model) with { Seed = 5, CountsUp = true, Count = 3 };
        form.Started();
        Assert.Equal(8, form.Seed);
        form.Seed = long.MaxValue - 2;
        form.Started();
        Assert.Equal(long.MaxValue - 2, form.Seed);
    }

    [Fact]
    public void A_preset_of_another_model_is_brought_within_the_limits() =>
        Assert.Equal((256, 64, 8), (CreateForm.For(Model) with { Width = 2048, Height = 10, Count = 99 }).Within(Model) is var x ? (x.Width, x.Height, x.Count) : default);

    [Fact]
    public void Levels_lie_around_the_models_own_steps() => Assert.Equal([20, 40, 60], QualityLevel.For(Model).Select(x => x.Steps));
}
