using OmniGen2.Web.Components.Controls;

namespace OmniGen2.Web.Tests.Components;

public sealed class PromptWalkTests
{
    private static readonly string[] Prompts = ["newest", "older", "oldest"];

    [Fact]
    public void Up_and_down_again_ends_at_the_text_that_was_not_sent()
    {
        var walk = new PromptWalk();
        Assert.Equal("newest", walk.Earlier(Prompts, "half a tho"));
        Assert.Equal("older", walk.Earlier(Prompts, "newest"));
        Assert.Equal("oldest", walk.Earlier(Prompts, "older"));
        Assert.Null(walk.Earlier(Prompts, "oldest"));
        Assert.Equal("older", walk.Later("oldest"));
        Assert.Equal("newest", walk.Later("older"));
        Assert.Equal("half a tho", walk.Later("newest"));
        Assert.Null(walk.Later("half a tho"));
    }

    [Fact]
    public void A_prompt_that_was_just_sent_is_not_offered_again() => Assert.Equal("older", new PromptWalk().Earlier(Prompts, "newest"));

    [Fact]
    public void An_earlier_prompt_that_was_changed_is_unsent_text()
    {
        var walk = new PromptWalk();
        walk.Earlier(Prompts, "");
        Assert.Null(walk.Later("newest, changed"));
        Assert.Equal("newest", walk.Earlier(Prompts, "newest, changed"));
        Assert.Equal("newest, changed", walk.Later("newest"));
    }
}
