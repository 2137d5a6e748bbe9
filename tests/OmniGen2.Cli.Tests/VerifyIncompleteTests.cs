namespace OmniGen2.Cli.Tests;

/// <summary>Sets that lack something, are broken, or hold more than this build knows.</summary>
public sealed class VerifyIncompleteTests
{
    [Fact]
    public void Folders_that_a_set_lacks_are_listed_and_so_is_what_needs_them()
    {
        using var copy = new RecordedCopy("lora", "shapes");
        var lines = copy.Verify(exitCode: 0);
        Assert.Equal("absent", lines["dit-tiny"]);
        Assert.Equal("absent", lines["schedulers.json"]);
        Assert.EndsWith("absent  needs dit-tiny, which is absent", lines["lora/case2_one_ref_lora"], StringComparison.Ordinal);
        Assert.EndsWith("ok", lines["shapes/vae"], StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_files_fail_with_a_sentence_and_the_others_go_on()
    {
        using var copy = new RecordedCopy("dit-tiny", "lora", "processor", "images", "shapes");
        copy.Truncate("dit-tiny/case1_t2i.safetensors");
        copy.Write("dit-tiny/case6_timesteps.safetensors", "no tensors");
        copy.Truncate("lora/pytorch_lora_weights.safetensors");
        copy.Delete("processor/gray-45x31.safetensors");
        copy.Truncate("processor/rgba-59x83.png");
        copy.Write("images/index.json", "{ \"src_rgb.png\": ");
        copy.Replace("shapes/counts.json", "\"encoder_parameters\"", "\"other_parameters\"");
        var lines = copy.Verify(exitCode: 1);
        Assert.Equal(
            ["dit-tiny/case1_t2i", "dit-tiny/case6_timesteps", "images", "lora/case2_one_ref_lora", "processor/gray-45x31", "processor/rgba-59x83", "shapes/vae"],
            RecordedCopy.Failed(lines));
        Assert.Matches(@"FAIL  case: .*case1_t2i\.safetensors", lines["dit-tiny/case1_t2i"]);
        Assert.Contains("index.json cannot be read as JSON", lines["images"], StringComparison.Ordinal);
        Assert.Contains("gray-45x31.safetensors", lines["processor/gray-45x31"], StringComparison.Ordinal);
        Assert.Contains("'other_parameters' is unknown to this build", lines["shapes/vae"], StringComparison.Ordinal);
    }

    [Fact]
    public void Truncated_weights_fail_every_case_that_needs_them_in_the_same_words()
    {
        using var copy = new RecordedCopy("dit-tiny", "caching", "shapes");
        copy.Truncate("dit-tiny/diffusion_pytorch_model.safetensors");
        var lines = copy.Verify(exitCode: 1);
        Assert.Equal(lines.Keys.Where(n => n.StartsWith("dit-tiny/", StringComparison.Ordinal) || n.StartsWith("caching/", StringComparison.Ordinal)).Order(StringComparer.Ordinal), RecordedCopy.Failed(lines));
        Assert.All(RecordedCopy.Failed(lines), name => Assert.Contains("diffusion_pytorch_model.safetensors", lines[name], StringComparison.Ordinal));
    }

    [Fact]
    public void Records_that_this_build_does_not_know_fail_and_files_that_it_does_not_know_are_listed()
    {
        using var copy = new RecordedCopy("dit-tiny", "vae-tiny");
        copy.RenameTensor("dit-tiny/case1_t2i.safetensors", "out.s0.norm_out", "out.s0.norm_new");
        copy.RenameTensor("vae-tiny/case1_32x48_batch1.safetensors", "out.encoder.mid_block", "out.encoder.new_block");
        copy.Write("vae-tiny/notes.txt", "");
        copy.Write("vae-tiny/more/case3.safetensors", "");
        copy.Write("surprises/a.json", "{}");
        copy.Write("b.json", "{}");
        var lines = copy.Verify(exitCode: 1);
        Assert.Equal(["dit-tiny/case1_t2i", "vae-tiny/case1_32x48_batch1"], RecordedCopy.Failed(lines));
        Assert.Contains("out.s0.norm_new: is recorded in case1_t2i.safetensors, and this build does not know what to compare with it", lines["dit-tiny/case1_t2i"], StringComparison.Ordinal);
        Assert.Equal(["b.json", "surprises/", "vae-tiny/more/case3.safetensors", "vae-tiny/notes.txt"], lines.Where(l => l.Value == "unused").Select(l => l.Key));
    }
}
