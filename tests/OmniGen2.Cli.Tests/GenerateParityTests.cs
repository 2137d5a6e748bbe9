using OmniGen2.Imaging;
using OmniGen2.Tests;

namespace OmniGen2.Cli.Tests;

/// <summary>The original's runs from the command line: its noise in, everything it recorded out.</summary>
public sealed class GenerateParityTests : IDisposable
{
    private const double Tolerance = 3e-5;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Picture_from_text_is_the_recorded_one()
    {
        Generate("t2i", "--prompt", "A small cat sits on a red sofa.", "--width", "96", "--height", "64", "--steps", "6", "--text-guidance", "4").MustSucceed();
        CompareDump("t2i");
        ComparePictures(Checkpoints.Run("t2i_0.png"), _folder.File("out.png"));
    }

    [Fact]
    public void Edit_is_the_recorded_one()
    {
        Generate(
            "edit", "--prompt", "Make the sky green and add two birds.", "--negative-prompt", "blurry, low quality",
            "--image", Checkpoints.Run("ref_a.png"), "--steps", "6", "--text-guidance", "5", "--image-guidance", "2").MustSucceed();
        CompareDump("edit", except: "ref0.image");
        ComparePictures(Checkpoints.Run("edit_0.png"), _folder.File("out.png"));
    }

    [Fact]
    public void Several_pictures_are_the_rows_of_one_recorded_batch()
    {
        Generate(
            "t2i_two_images", "--prompt", "A small cat sits on a red sofa.", "--negative-prompt", "blurry, low quality",
            "--width", "48", "--height", "64", "--steps", "4", "--text-guidance", "4", "--count", "2").MustSucceed();
        CompareDump("t2i_two_images");
        ComparePictures(Checkpoints.Run("t2i_two_images_0.png"), _folder.File("out_0.png"));
        ComparePictures(Checkpoints.Run("t2i_two_images_1.png"), _folder.File("out_1.png"));
    }

    [Fact]
    public void Dump_given_back_as_latents_draws_the_same_picture()
    {
        string[] request = ["--model", Checkpoints.Tiny, "--prompt", "a boat", "--dtype", "fp32", "--image", Checkpoints.Run("ref_a.png")];
        CliRun.Of(["generate", .. request, "--steps", "3", "--seed", "5", "--dump", _folder.File("a.safetensors"), "--out", _folder.File("a.png")]).MustSucceed();
        CliRun.Of(["generate", .. request, "--seed", "6", "--latents", _folder.File("a.safetensors"), "--out", _folder.File("b.png")]).MustSucceed();
        Assert.Equal(ImageFile.Open(_folder.File("a.png")).Pixels, ImageFile.Open(_folder.File("b.png")).Pixels);
    }

    private CliRun Generate(string run, params string[] arguments) => CliRun.Of(
    [
        "generate", "--model", Checkpoints.Tiny, "--dtype", "fp32", "--scheduler", "euler", .. arguments,
        "--latents", Checkpoints.Run($"{run}.safetensors"), "--dump", _folder.File("dump.safetensors"), "--out", _folder.File("out.png"),
    ]);

    private void CompareDump(string run, params string[] except)
    {
        var golden = GoldenTensors.Open(Checkpoints.Run($"{run}.safetensors"));
        var dump = GoldenTensors.Open(_folder.File("dump.safetensors"));
        foreach (var name in golden.Names.Except(except))
        {
            Assert.True(dump.Has(name), $"the dump lacks {name}; it has {string.Join(", ", dump.Names)}");
            Assert.Equal(golden.Shape(name), dump.Shape(name));
            if (name.EndsWith("mask", StringComparison.Ordinal) || name.EndsWith("ids", StringComparison.Ordinal))
            {
                Assert.Equal(golden.Longs(name), dump.Longs(name));
            }
            else
            {
                GoldenAssert.Close(golden.Floats(name), dump.Floats(name), Tolerance, name);
            }
        }
    }

    private static void ComparePictures(string expected, string actual)
    {
        var (golden, drawn) = (ImageFile.Open(expected), ImageFile.Open(actual));
        Assert.Equal((golden.Width, golden.Height), (drawn.Width, drawn.Height));
        Assert.InRange(golden.Pixels.Zip(drawn.Pixels, (e, a) => Math.Abs(e - a)).Max(), 0, 1);
    }
}
