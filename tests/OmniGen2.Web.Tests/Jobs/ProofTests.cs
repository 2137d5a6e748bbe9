using Microsoft.EntityFrameworkCore;
using OmniGen2.Imaging;
using OmniGen2.Web.Jobs;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.Jobs;

public sealed class ProofTests
{
    private static readonly Provenance Then = new() { Weights = "a", Build = "b", Device = "cpu", Precision = "Float32", Pixels = Provenance.HashOf(Flat(100)) };

    [Fact]
    public async Task Picture_that_is_run_again_is_proven_and_leaves_nothing_behind()
    {
        await using var studio = await Start(new FakePipeline());
        var picture = await Drawn(studio);
        var proof = await studio.Service<Prover>().Prove(picture);
        Assert.Equal((ProofVerdict.Identical, null), (proof.Verdict, proof.Decibels));
        Assert.Empty(proof.Changed);
        Assert.Equal(picture, Assert.Single(await studio.Images.Latest(10, default)).Id);
    }

    [Fact]
    public async Task Picture_whose_pixels_were_changed_is_told_from_one_that_was_not()
    {
        await using var studio = await Start(new FakePipeline());
        var picture = await Drawn(studio);
        var file = studio.Images.FileOf((await studio.Images.Find(picture, default))!)!;
        var image = ImageFile.Open(file);
        image.Pixels[0] ^= 1;
        await File.WriteAllBytesAsync(file, ImageFile.EncodePng(image));
        var proof = await studio.Service<Prover>().Prove(picture);
        Assert.Equal(ProofVerdict.Close, proof.Verdict);
        Assert.Equal(["the file"], proof.Changed);
        Assert.Contains("dB", proof.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Picture_that_was_stopped_is_refused()
    {
        await using var studio = await Start(new FakePipeline());
        var picture = await Drawn(studio);
        await studio.Change(db => db.Pictures.ExecuteUpdateAsync(x => x.SetProperty(p => p.IsPartial, true)));
        await Assert.ThrowsAsync<ModelException>(() => studio.Service<Prover>().Prove(picture));
    }

    [Fact]
    public void Verdict_names_what_changed()
    {
        var now = Then with { Weights = "other", Precision = "BFloat16" };
        var proof = Proof.Of(Flat(100), Then, Flat(200), now);
        Assert.Equal(ProofVerdict.Different, proof.Verdict);
        Assert.Equal(["the weights", "the precision"], proof.Changed);
        Assert.Equal("Different (8.1 dB): the weights and the precision changed.", proof.Sentence);
        Assert.Equal(ProofVerdict.Different, Proof.Of(Flat(100), null, new RgbImage(4, 8), now).Verdict);
        Assert.Contains("although the weights", Proof.Of(Flat(100), Then, Flat(100), now).Sentence, StringComparison.Ordinal);
    }

    private static RgbImage Flat(byte colour)
    {
        var image = new RgbImage(8, 8);
        Array.Fill(image.Pixels, colour);
        return image;
    }

    private static async Task<Guid> Drawn(TestStudio studio)
    {
        var job = (await studio.Queue.Enqueue(new PictureRequest { Generation = Request() }))[0];
        Assert.IsType<JobUpdate.Done>(await job.Completion());
        return job.Id;
    }
}
