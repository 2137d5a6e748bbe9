using OmniGen2.Imaging.Recall;
using OmniGen2.Web.Components.Tabs;

namespace OmniGen2.Web.Tests.Components;

public sealed class RecalledFormTests
{
    private static readonly ModelInfo Mini = new() { Name = "mini", MinSize = 64, MaxSize = 512, DefaultSize = 128, MaxPixels = 128 * 128, DefaultSteps = 28, TextGuidance = 3, NegativePrompt = "blurry" };

    [Fact]
    public void What_the_file_says_stands_in_the_form_and_the_rest_is_the_models_own()
    {
        var form = RecalledForm.Of(new RecalledSettings { Source = "A1111", Prompt = "a fox", Steps = 12, Seed = 42, CfgEnd = 0.8, Scheduler = SchedulerKind.DpmSolver }, Mini);
        Assert.Equal(("a fox", "blurry", 12, 42L), (form.Prompt, form.NegativePrompt, form.Steps, form.Seed));
        Assert.Equal((128, 128, 3.0, 0.8, SchedulerKind.DpmSolver), (form.Width, form.Height, form.TextGuidance, form.CfgEnd, form.Scheduler));
    }

    [Theory]
    [InlineData(1024, 1024, 128, 128)]
    [InlineData(2048, 512, 256, 64)]
    [InlineData(96, 128, 96, 128)]
    [InlineData(100, 1, 96, 64)]
    public void Size_keeps_its_shape_and_becomes_one_that_the_model_draws(int width, int height, int expectedWidth, int expectedHeight)
    {
        var form = RecalledForm.Of(new RecalledSettings { Source = "ComfyUI", Prompt = "p", Width = width, Height = height, Steps = 900 }, Mini);
        Assert.Equal((expectedWidth, expectedHeight, 100), (form.Width, form.Height, form.Steps));
    }
}
