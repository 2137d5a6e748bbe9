using OmniGen2.Web.Components.Tabs;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Tests.Components;

public sealed class PromptCoachTests
{
    private static readonly ModelInfo Released = new() { Name = "released" };

    [Theory]
    [InlineData("put the star from image 2 beside it", new[] { 2 })]
    [InlineData("the First image and the fifth picture, Image 3", new[] { 1, 3, 5 })]
    [InlineData("an image 12 and imagination 2", new int[0])]
    public void Slots_are_named_by_number_or_by_word(string prompt, int[] slots) => Assert.Equal(slots, PictureNumbers.In(prompt).Order());

    [Theory]
    [InlineData("Put the circle from image 4 above the star of the first image", 4, "Put the circle above the star of the first image")]
    [InlineData("the Second picture beside image 2, and image 1", 2, "beside, and image 1")]
    [InlineData("put image 1 here", 3, "put image 1 here")]
    public void A_picture_that_is_not_there_can_be_left_out(string prompt, int number, string without) => Assert.Equal(without, PictureNumbers.Without(prompt, number));

    [Theory]
    [InlineData("image 5 beside the third image", 2, 3)]
    [InlineData("image 5 beside the third image", 3, 5)]
    [InlineData("image 2", 2, null)]
    public void The_first_that_is_missing_is_asked_for(string prompt, int pictures, int? missing) => Assert.Equal(missing, PromptCoach.Missing(prompt, pictures));

    [Fact]
    public void A_slot_that_the_words_speak_of_and_that_is_empty_comes_first() =>
        Assert.StartsWith("The words speak of the third image, but there is 1 picture.", PromptCoach.Hint("the third image", [Picture(100)], Released), StringComparison.Ordinal);

    [Fact]
    public void Small_pictures_are_a_hint_for_the_released_model_only()
    {
        Assert.Contains("at least 512", PromptCoach.Hint("beside it", [Picture(1024), Picture(300)], Released), StringComparison.Ordinal);
        Assert.Null(PromptCoach.Hint("beside it", [Picture(128)], Released with { DefaultSize = 128 }));
    }

    [Theory]
    [InlineData("把星星放在旁边", true)]
    [InlineData("ajoute une étoile à gauche", false)]
    [InlineData("a star — beside it", false)]
    public void Words_in_another_script_get_a_hint(string prompt, bool hinted) => Assert.Equal(hinted, PromptCoach.Hint(prompt, [Picture(1024)], Released) is not null);

    private static PictureRow Picture(int side) => new()
    {
        Id = Guid.NewGuid(),
        CreatedAt = default,
        File = "",
        Width = side,
        Height = side,
        Prompt = "",
        NegativePrompt = "",
        Seed = 0,
        Metadata = "",
        Model = "",
        DurationMilliseconds = 0,
        Bytes = 0,
        Sha256 = "",
    };
}
