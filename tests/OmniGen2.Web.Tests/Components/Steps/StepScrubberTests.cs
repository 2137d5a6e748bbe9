using Bunit;
using OmniGen2.Web.Components.Steps;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Tests.Components.Steps;

/// <summary>The slider through the steps of a picture.</summary>
public sealed class StepScrubberTests : BunitContext
{
    private static readonly Film Short = new("", Frames: 28, Steps: 28);

    private readonly List<string> _asked = [];
    private int _step;

    [Theory]
    [InlineData(28, "step 24")]
    [InlineData(13, "step 12")]
    [InlineData(14, "step 12")]
    [InlineData(15, "step 16")]
    [InlineData(1, "step 4")]
    public void Buttons_speak_of_the_nearest_step_that_is_kept(int step, string named)
    {
        var scrubber = Scrubber(step, [4, 8, 12, 16, 20, 24]);
        Assert.Equal([$"Keep {named} as a picture", $"Go on from {named}"], scrubber.FindAll("button").Select(x => x.TextContent.Trim()));
    }

    [Fact]
    public void Step_that_is_kept_is_meant_by_this_and_here()
    {
        var scrubber = Scrubber(12, [4, 8, 12]);
        Assert.Equal(["Keep this step as a picture", "Go on from here"], scrubber.FindAll("button").Select(x => x.TextContent.Trim()));
        scrubber.FindAll("button")[0].Click();
        scrubber.FindAll("button")[1].Click();
        Assert.Equal(["keep 12", "go on 12"], _asked);
    }

    [Fact]
    public void Slider_says_the_step_in_words_and_tells_of_moves_within_the_film()
    {
        var scrubber = Scrubber(28, [4]);
        Assert.Equal("Step 28 of 28, finished", scrubber.Find("#step").GetAttribute("aria-valuetext"));
        scrubber.Find("#step").Input("11");
        Assert.Equal(11, _step);
        scrubber.Find("#step").Input("99");
        Assert.Equal(28, _step);
        scrubber.Find("#step").Input("many");
        Assert.Equal(28, _step);
    }

    [Fact]
    public void Film_whose_states_were_swept_away_says_so_and_offers_nothing()
    {
        var scrubber = Scrubber(5, []);
        Assert.Empty(scrubber.FindAll("button"));
        Assert.Contains("swept away", scrubber.Find("#step-hint").TextContent, StringComparison.Ordinal);
        Assert.Empty(scrubber.FindAll(".scrubber__kept"));
    }

    [Fact]
    public void Strip_shows_the_first_and_the_last_frame_of_any_film()
    {
        Assert.Equal(14, Scrubber(28, []).FindAll(".scrubber__cell").Count);
        var one = Render<StepScrubber>(parameters => parameters.Add(x => x.Film, new Film("", 1, 1)).Add(x => x.Url, "/film").Add(x => x.Width, 64).Add(x => x.Height, 64).Add(x => x.Step, 1));
        Assert.Contains("--x:100", one.Find(".scrubber__film > i").GetAttribute("style"), StringComparison.Ordinal);
        Assert.Single(one.FindAll(".scrubber__cell"));
    }

    [Theory]
    [InlineData(28, 1, "0% 0%")]
    [InlineData(28, 10, "100% 0%")]
    [InlineData(28, 11, "0% 50%")]
    [InlineData(28, 28, "77.7778% 100%")]
    [InlineData(5, 3, "50% 0%")]
    [InlineData(1, 1, "0% 0%")]
    public void Frame_lies_where_the_film_has_it(int steps, int step, string position)
    {
        var frame = Render<FilmFrame>(parameters => parameters
            .Add(x => x.Film, new Film("", steps, steps)).Add(x => x.Url, "/film").Add(x => x.Step, step).Add(x => x.Width, 64).Add(x => x.Height, 64));
        Assert.EndsWith($"background-position:{position}", frame.Find(".frame").GetAttribute("style"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_step_of_a_very_long_film_has_a_frame_that_is_not_later()
    {
        var film = new Film("", Film.FramesOf(730), 730);
        Assert.All(Enumerable.Range(1, 730), step => Assert.True(film.FrameOf(step) == 0 || film.StepOf(film.FrameOf(step)) <= step, $"{step}"));
        Assert.Equal(99, film.FrameOf(730));
        Assert.All(Enumerable.Range(0, 28), frame => Assert.Equal(frame, Short.FrameOf(Short.StepOf(frame))));
    }

    private IRenderedComponent<StepScrubber> Scrubber(int step, int[] kept) => Render<StepScrubber>(parameters => parameters
        .Add(x => x.Film, Short)
        .Add(x => x.Url, "/film")
        .Add(x => x.Width, 64)
        .Add(x => x.Height, 64)
        .Add(x => x.Kept, kept)
        .Add(x => x.Empty, "They were swept away.")
        .Add(x => x.Step, step)
        .Add(x => x.StepChanged, value => _step = value)
        .Add(x => x.OnKeep, value => _asked.Add($"keep {value}"))
        .Add(x => x.OnGoOn, value => _asked.Add($"go on {value}")));
}
