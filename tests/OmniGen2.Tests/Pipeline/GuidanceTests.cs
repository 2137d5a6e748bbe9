using OmniGen2.Sampling;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Pipeline;

public class GuidanceTests
{
    private static readonly GenerationRequest Edit = new() { Prompt = "", Images = [new RgbImage(32, 32)], TextGuidance = 5, ImageGuidance = 2 };

    [Theory]
    [InlineData(5, 2, true, "cond ref uncond")]
    [InlineData(5, 1, true, "cond uncond")]
    [InlineData(1, 2, true, "cond")]
    [InlineData(0, 0, true, "cond")]
    [InlineData(5, 2, false, "cond uncond")]
    public void Scales_above_one_ask_for_their_branches(double text, double image, bool hasReference, string expected)
    {
        var request = Edit with { TextGuidance = text, ImageGuidance = image, Images = hasReference ? Edit.Images : [] };
        Assert.Equal(expected, string.Join(' ', new Guidance(request, 10).Branches(3)));
    }

    [Fact]
    public void Range_counts_fractions_of_the_steps_with_both_ends_in()
    {
        var guidance = new Guidance(Edit with { CfgStart = 0.2, CfgEnd = 0.8 }, 50);
        var guided = Enumerable.Range(0, 50).Where(i => guidance.Branches(i).Count == 3).ToList();
        Assert.Equal((10, 40, 31), (guided[0], guided[^1], guided.Count));
    }

    [Fact]
    public void Velocities_are_weighed_as_the_original_does()
    {
        using var scope = NewDisposeScope();
        var guidance = new Guidance(Edit, 10);
        Tensor[] three = [tensor(3f), tensor(2f), tensor(0.5f)];
        Assert.Equal(0.5f + (2 * 1.5f) + (5 * 1f), guidance.Combine(three).item<float>());
        Assert.Equal(0.5f + (5 * 2.5f), guidance.Combine([three[0], three[2]]).item<float>());
        Assert.Equal(3, guidance.Combine([three[0]]).item<float>());
    }
}
