using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Tests.Jobs;

public sealed class PromptWriterTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" . ")]
    [InlineData("12 34")]
    public void An_answer_without_words_is_none(string answer) => Assert.NotNull(PromptWriter.FaultOf(answer));

    [Fact]
    public void A_description_is_taken_as_it_is() => Assert.Null(PromptWriter.FaultOf("A red star in the center at night."));

    [Theory]
    [InlineData("a red star", "A large red star glows above a dark sea, seen from below.", true)]
    [InlineData("a red star", "a red star", false)]
    [InlineData("a red star above the sea", "Yes.", false)]
    [InlineData("a red star above the sea", "There are two blue circles and a striped square in the meadow at noon.", false)]
    public void An_expansion_is_longer_and_keeps_to_the_words(string prompt, string answer, bool good) =>
        Assert.Equal(good, PromptWriter.FaultOfExpanded(prompt, answer) is null);

    [Fact]
    public async Task Words_for_a_prompt_are_written_and_nobody_keeps_them()
    {
        await using var studio = await TestStudio.Start(new FakePipeline());
        var job = await studio.Queue.Enqueue(PromptWriter.Expand("a red star"));
        Assert.NotEmpty(Assert.IsType<JobUpdate.Answered>(await job.Completion()).Text);
        await studio.Change(db =>
        {
            Assert.Empty(db.Messages);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_model_that_would_rather_draw_answers_with_nothing()
    {
        var request = PromptWriter.Expand("") with { Turns = [new ThreadTurn(ChatRole.User, "draw a red star")] };
        await using var studio = await TestStudio.Start(new FakePipeline());
        var job = await studio.Queue.Enqueue(request);
        Assert.Equal(new JobUpdate.Answered(""), await job.Completion());
        Assert.Empty(await studio.Images.Latest(1, default));
    }
}
