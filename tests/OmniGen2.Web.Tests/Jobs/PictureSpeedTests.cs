using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Tests.Jobs;

public sealed class PictureSpeedTests
{
    private static readonly ModelInfo Model = new() { Name = "fake", MinSize = 64, MaxSize = 256, DefaultSize = 128, MaxPixels = 256 * 256 };

    [Fact]
    public void Twice_the_steps_are_twice_the_cost_and_guidance_that_ends_early_saves()
    {
        var once = Cost(TestStudio.Request(steps: 20));
        Assert.Equal(2 * once, Cost(TestStudio.Request(steps: 40)));
        Assert.Equal(once / 2, Cost(TestStudio.Request(steps: 20) with { TextGuidance = 1 }));
        Assert.InRange(Cost(TestStudio.Request(steps: 20) with { CfgEnd = 0.5 }), 0.7 * once, 0.8 * once);
    }

    [Fact]
    public void A_reference_costs_tokens_and_a_pass() =>
        Assert.Equal(
            3 * Cost(TestStudio.Request()),
            PictureCost.Of(new PictureRequest { Generation = TestStudio.Request(), References = [new Reference(Guid.NewGuid()) { Width = 64, Height = 64 }] }, Model));

    [Fact]
    public void Nothing_drawn_yet_says_nothing() => Assert.Null(MeasuredSpeed.Unknown.Estimate(100));

    [Fact]
    public void The_most_similar_pictures_say_how_long_it_takes()
    {
        var speed = new MeasuredSpeed([.. Enumerable.Repeat((100.0, 2.0), 8), .. Enumerable.Repeat((10_000.0, 20.0), 8)]);
        Assert.Equal(new TimeBand(4, 4), speed.Estimate(200));
        Assert.Equal(new TimeBand(40, 40), speed.Estimate(20_000));
    }

    [Fact]
    public void One_odd_picture_does_not_widen_the_band() =>
        Assert.Equal(new TimeBand(2, 2), new MeasuredSpeed([.. Enumerable.Repeat((100.0, 2.0), 7), (100.0, 90.0)]).Estimate(100));

    [Fact]
    public async Task What_was_drawn_is_measured()
    {
        await using var studio = await TestStudio.Start(new FakePipeline());
        var job = await studio.Queue.Enqueue(TestStudio.Request());
        await job.Completion();
        var speed = await studio.Service<PictureSpeed>().Of("fake", default);
        Assert.Equal((await studio.Images.Find(job.Id, default))!.DurationMilliseconds / 1000, Assert.Single(speed.Pictures).Seconds);
    }

    [Theory]
    [InlineData(58, 64, "58–64 s")]
    [InlineData(1.21, 1.23, "1.2 s")]
    [InlineData(80, 130, "80 s – 2 min")]
    public void A_band_is_said_as_people_say_it(double low, double high, string text) => Assert.Equal(text, Duration.Text(new TimeBand(low, high)));

    private static double Cost(GenerationRequest request) => PictureCost.Of(new PictureRequest { Generation = request }, Model);
}
