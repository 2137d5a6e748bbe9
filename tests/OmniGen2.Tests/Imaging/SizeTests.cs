using OmniGen2.Imaging;

namespace OmniGen2.Tests.Imaging;

public class SizeTests
{
    [Fact]
    public void One_aligned_reference_decides_the_size()
    {
        var request = Request(1) with { Width = 999, Height = 111 };
        Assert.Equal(new OutputSize(192, 96, 192, 96), OutputSize.For(request));
        Assert.Equal(new OutputSize(992, 96, 999, 111), OutputSize.For(request with { AlignToReference = false }));
    }

    [Fact]
    public void Two_references_leave_the_requested_size()
    {
        Assert.Equal(new OutputSize(1024, 672, 1024, 682), OutputSize.For(Request(2) with { Width = 1024, Height = 682 }));
    }

    [Fact]
    public void Sides_that_would_vanish_are_refused()
    {
        Assert.Contains("1000 × 10", Assert.Throws<ModelException>(() => OutputSize.For(1000, 10, 1 << 20)).Message);
        var fault = Assert.Throws<ModelException>(() => ReferenceImageProcessor.Process(TestPictures.Gradient(2000, 20)));
        Assert.Contains("2000 × 20 pixels would become 1024 × 0", fault.Message);
    }

    [Fact]
    public void Large_pictures_are_resized_on_all_cores_to_the_same_bytes()
    {
        // Each column band of the large picture is computed alone as well, below the size at which work is shared out.
        var image = TestPictures.Gradient(1600, 1200);
        var whole = PillowResize.Resize(image, 1600, 300, ResizeFilter.Lanczos);
        var column = new RgbImage(1, 1200, [.. Enumerable.Range(0, 1200).SelectMany(y => image.Row(y)[..3].ToArray())]);
        var alone = PillowResize.Resize(column, 1, 300, ResizeFilter.Lanczos);
        Assert.Equal(alone.Pixels, Enumerable.Range(0, 300).SelectMany(y => whole.Row(y)[..3].ToArray()));
    }

    private static GenerationRequest Request(int references) => new()
    {
        Prompt = "p",
        Images = [.. Enumerable.Range(0, references).Select(_ => TestPictures.Gradient(200, 100))],
    };
}
