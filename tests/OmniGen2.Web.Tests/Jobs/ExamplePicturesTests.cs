using OmniGen2.Imaging;
using OmniGen2.Web.Jobs;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.Jobs;

public sealed class ExamplePicturesTests
{
    [Fact]
    public async Task Pictures_of_these_weights_stand_with_their_prompts_and_others_are_left_out()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "weights.safetensors"), [1, 2, 3]);
        var pipeline = new FakePipeline();
        await using var studio = await Start(new FakePipeline { Info = pipeline.Info with { Path = folder.Path } });
        var digest = await studio.Service<WeightsDigest>().Read(default);
        Directory.CreateDirectory(Path.Combine(folder.Path, "examples"));
        Write("1", "a red star", 7, digest);
        Write("2", "a blue ring", 8, "of other weights");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "examples", "3.png"), "no picture");

        var (prompt, example) = Assert.Single(await studio.Service<ExamplePictures>().Read(default));
        Assert.Equal(("a red star", 7, "1"), (prompt, example.Seed, example.Name));
        Assert.Equal(example, studio.Service<ExamplePictures>().Known[prompt]);

        void Write(string name, string words, long seed, string? weights)
        {
            var metadata = new GenerationMetadata { Request = new GenerationRequest { Prompt = words, Seed = seed }, Model = "fake", ModelHash = weights };
            File.WriteAllBytes(Path.Combine(folder.Path, "examples", $"{name}.png"), ImageFile.EncodePng(new RgbImage(16, 16, new byte[16 * 16 * 3]), metadata.ToPngTexts()));
        }
    }
}
