using OmniGen2.Weights;
using static OmniGen2.Tests.Weights.Staging.StagedModel;

namespace OmniGen2.Tests.Weights.Staging;

/// <summary>Weights that are brought to a device, whole or layer by layer, are those of the file at every moment at which something is computed with them.</summary>
public sealed class StagedResidencyTests
{
    [Theory]
    [InlineData(ModelPrecision.BFloat16)]
    [InlineData(ModelPrecision.Float32)]
    public void Every_mode_draws_decodes_and_answers_bit_for_bit_as_from_mapped_files(ModelPrecision precision)
    {
        using var mapped = LoadMapped(precision);
        var expected = Work(mapped);
        foreach (var mode in (Residency[])[Residency.All, Residency.Model, Residency.Streamed, Residency.Auto])
        {
            using var staged = Load(mode, new LateCopies(), precision);
            Assert.Equal(expected, Work(staged));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Copies_that_come_at_any_time_change_nothing(int seed)
    {
        using var mapped = LoadMapped();
        var expected = Work(mapped);
        using var staged = Load(Residency.Streamed, new LateCopies(seed));
        Assert.Equal(expected, Work(staged));
        staged.Parts.Settle(Residency.Model);
        Assert.Equal(expected, Work(staged));
    }

    [Fact]
    public void Computing_that_does_not_wait_for_copies_is_wrong()
    {
        using var mapped = LoadMapped();
        using var hasty = Load(Residency.Streamed, new LateCopies { Ignored = Waits.OfCompute });
        Assert.NotEqual(Draw(mapped), Draw(hasty));
    }

    [Fact]
    public void Pinned_memory_that_is_filled_before_it_was_copied_is_wrong()
    {
        using var mapped = LoadMapped();
        using var hasty = Load(Residency.Streamed, new LateCopies { Ignored = Waits.OfHost });
        Assert.NotEqual(Draw(mapped), Draw(hasty));
    }

    [Fact]
    public void Copies_that_do_not_wait_for_computing_are_refused()
    {
        using var hasty = Load(Residency.Streamed, new LateCopies { Ignored = Waits.OfCopies });
        Assert.Contains("before what computes", Assert.Throws<InvalidOperationException>(() => Draw(hasty)).Message);
    }

    [Fact]
    public void Mode_may_change_between_pictures()
    {
        using var mapped = LoadMapped();
        using var staged = Load(Residency.All, new LateCopies());
        var expected = Draw(mapped);
        foreach (var mode in (Residency[])[Residency.All, Residency.Streamed, Residency.Model, Residency.Streamed, Residency.All])
        {
            staged.Parts.Settle(mode);
            Assert.Equal(expected, Draw(staged));
        }
    }

    [Fact]
    public void Pictures_side_by_side_share_a_walk_over_the_layers()
    {
        using var mapped = LoadMapped();
        using var staged = Load(Residency.Streamed, new LateCopies(5));
        IEnumerator<DenoiseStep>[] lanes = [staged.Denoise(Boat).GetEnumerator(), staged.Denoise(Edit).GetEnumerator()];
        var states = new DenoiseState?[2];
        var together = 0;
        var open = true;
        while (open)
        {
            together += staged.Prepare(lanes).Count;
            open = false;
            for (var i = 0; i < lanes.Length; i++)
            {
                if (lanes[i].MoveNext())
                {
                    (open, states[i]) = (true, lanes[i].Current.State ?? states[i]);
                }
            }
        }

        Assert.True(together >= 2);
        Assert.Equal(Draw(mapped), states[0]!.Latents.Values);
        Assert.Equal(Draw(mapped, Edit), states[1]!.Latents.Values);
    }

    [Fact]
    public void What_goes_wrong_while_weights_are_read_reaches_the_caller_and_the_model_goes_on()
    {
        var copies = new LateCopies(6);
        using var mapped = LoadMapped();
        using var staged = Load(Residency.Streamed, copies);
        for (var fails = 1; fails <= 41; fails += 8)
        {
            var left = fails;
            copies.BeforeCopy = () => left = left > 1 ? left - 1 : throw new IOException("as if");
            Assert.Equal("as if", Assert.Throws<IOException>(() => Draw(staged, Boat with { Prompt = $"Boat {fails}" })).Message);
            copies.BeforeCopy = null;
            Assert.Equal(Draw(mapped), Draw(staged));
        }
    }

    [Theory]
    [InlineData(Residency.Model)]
    [InlineData(Residency.Streamed)]
    public void File_that_is_cut_under_the_model_is_refused_and_works_again_when_it_is_whole(Residency mode)
    {
        using var folder = new TempFolder();
        foreach (var file in Directory.GetFiles(GoldenFile.Path("tiny-omnigen2"), "*", SearchOption.AllDirectories))
        {
            folder.Write(Path.GetRelativePath(GoldenFile.Path("tiny-omnigen2"), file), File.ReadAllBytes(file));
        }

        var weights = folder.File("transformer/diffusion_pytorch_model.safetensors");
        using var mapped = LoadMapped();
        using var staged = Load(mode, new LateCopies(), folder: folder.Path);
        var whole = File.ReadAllBytes(weights);
        using (var open = new FileStream(weights, FileMode.Open))
        {
            open.SetLength(whole.Length / 2);
        }

        Assert.Contains("put the whole file back", Assert.Throws<WeightsException>(() => Draw(staged)).Message);
        using (var open = new FileStream(weights, FileMode.Open))
        {
            open.Write(whole);
        }

        Assert.Equal(Draw(mapped), Draw(staged));
    }
}
