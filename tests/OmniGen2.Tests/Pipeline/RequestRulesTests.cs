using OmniGen2.Sampling;

namespace OmniGen2.Tests.Pipeline;

public class RequestRulesTests
{
    private static readonly ModelInfo Info = new() { Name = "model" };

    private static readonly GenerationRequest Good = new() { Prompt = "a cat" };

    public static TheoryData<string, GenerationRequest> Faults => new()
    {
        { "1500 is not a multiple of 16: use 1504 or 1488.", Good with { Width = 1500 } },
        { "Height 1490 is not a multiple of 16: use 1488 or 1504.", Good with { Height = 1490 } },
        { "Width 15 is too small: use at least 16.", Good with { Width = 15 } },
        { "Width 0 is too small", Good with { Width = 0 } },
        { "Height -16 is too small", Good with { Height = -16 } },
        { "4096 × 4096 is 16777216 pixels; model draws at most 2048 × 2048", Good with { Width = 4096, Height = 4096 } },
        { "neither side longer than 2048", Good with { Width = 4096, Height = 16 } },
        { "Pixels to generate is 255: use 256 to", Good with { MaxPixels = 255 } },
        { "Longer side of references is 8: use 16 to 8192.", Good with { MaxReferenceSide = 8 } },
        { "6 reference pictures are given and the model knows 5: take 1 away.", Good with { Images = Pictures(6) } },
        { "Reference 2 is 4 × 4 pixels but comes with 5 bytes", Good with { Images = [new(4, 4), new(4, 4, new byte[5])] } },
        { "Reference 1 of 3000 × 10 pixels would be read at 1024 × 0", Good with { Images = [new(3000, 10)] } },
        { "Steps is 0: use 1 to 1000.", Good with { Steps = 0 } },
        { "Steps is 1001: use 1 to 1000.", Good with { Steps = 1001 } },
        { "Text guidance is NaN: use 0 to 30.", Good with { TextGuidance = double.NaN } },
        { "Text guidance is -1: use 0 to 30.", Good with { TextGuidance = -1 } },
        { "Image guidance is Infinity", Good with { ImageGuidance = double.PositiveInfinity } },
        { "Guidance start is NaN: use 0 to 1.", Good with { CfgStart = double.NaN } },
        { "Guidance end is 1.5: use 0 to 1.", Good with { CfgEnd = 1.5 } },
        { "start at 0.6 and end before, at 0.5", Good with { CfgStart = 0.6, CfgEnd = 0.5 } },
        { "There is no scheduler '7': use Euler or DpmSolver.", Good with { Scheduler = (SchedulerKind)7 } },
        { "Seed -1 is negative", Good with { Seed = -1 } },
        { "Picture number in the batch is -1", Good with { BatchIndex = -1 } },
        { "TeaCache threshold is NaN", Good with { Cache = new CacheOptions.TeaCache(double.NaN) } },
        { "The prompt has 100000 characters and at most 20000 are read", Good with { Prompt = new string('x', 100_000) } },
        { "The negative prompt has 30000 characters", Good with { NegativePrompt = new string('x', 30_000) } },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void Fault_is_named_with_its_remedy(string expected, GenerationRequest request)
    {
        var fault = Assert.Throws<ModelException>(() => RequestRules.Check(request, Info, anySize: false));
        Assert.Contains(expected, fault.Message);
    }

    [Fact]
    public void Ordinary_requests_pass()
    {
        RequestRules.Check(Good, Info, anySize: false);
        RequestRules.Check(Good with { Width = 2048, Height = 16, Seed = long.MaxValue, Images = Pictures(5) }, Info, anySize: false);
        RequestRules.Check(Good with { TextGuidance = 0, ImageGuidance = 0, CfgStart = 1, Steps = 1 }, Info, anySize: false);
    }

    [Fact]
    public void Limits_are_no_wider_than_the_checkpoints()
    {
        var fitted = RequestRules.Fit(Good with { MaxReferenceSide = 4096 }, new ModelInfo { Name = "small", MaxSize = 256, MaxPixels = 65536 });
        Assert.Equal((65536, 256), (fitted.MaxPixels, fitted.MaxReferenceSide));
        fitted = RequestRules.Fit(Good with { MaxPixels = 3000 }, Info);
        Assert.Equal((3000, 1024), (fitted.MaxPixels, fitted.MaxReferenceSide));
    }

    [Fact]
    public void Size_is_ignored_when_the_reference_decides()
    {
        RequestRules.Check(Good with { Width = 1500, Images = Pictures(1) }, Info, anySize: false);
        Assert.Throws<ModelException>(() => RequestRules.Check(Good with { Width = 1500, Images = Pictures(1), AlignToReference = false }, Info, anySize: false));
    }

    private static RgbImage[] Pictures(int count) => [.. Enumerable.Range(0, count).Select(_ => new RgbImage(32, 32))];
}
