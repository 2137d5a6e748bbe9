using System.Text.Json;
using System.Text.RegularExpressions;
using OmniGen2.Tests;

namespace OmniGen2.Cli.Tests;

public sealed partial class VerifyTests
{
    [Fact]
    public void Everything_recorded_is_repeated_within_its_tolerance()
    {
        var run = CliRun.Of("verify", GoldenFile.Root, "--device", "cpu").MustSucceed();
        var lines = run.Output.TrimEnd().Split('\n');
        Assert.DoesNotContain(lines, l => l.Contains("FAIL", StringComparison.Ordinal) || l.EndsWith("absent", StringComparison.Ordinal));
        Assert.Equal(["mini-rough/", "tiny-omnigen2/processor/chat_template.json"], lines.Where(l => l.EndsWith("unused", StringComparison.Ordinal)).Select(l => l.Split(' ')[0]));
        var cases = lines[..^1].Where(l => !l.EndsWith("unused", StringComparison.Ordinal)).ToList();
        Assert.All(cases, l => Assert.Matches(CaseLine(), l));
        Assert.Equal($"{cases.Count} ok, 0 failed", lines[^1]);

        // A line at least for every recorded file that is no input of another. The trained checkpoint has tests of its own.
        var files = Directory.EnumerateFiles(GoldenFile.Root, "*.safetensors", SearchOption.AllDirectories)
            .Select(f => Path.ChangeExtension(Path.GetRelativePath(GoldenFile.Root, f), null))
            .Where(f => !f.EndsWith("_model", StringComparison.Ordinal) && !f.EndsWith("/model", StringComparison.Ordinal) && f is not ("caching/inputs" or "lora/pytorch_lora_weights"))
            .Where(f => !f.StartsWith("mini-rough/", StringComparison.Ordinal));
        Assert.Empty(files.Except(cases.Select(l => l.Split(' ')[0])));
    }

    [Fact]
    public void Disturbed_weight_fails_the_cases_of_its_network_and_no_others()
    {
        using var copy = new RecordedCopy("vae-tiny", "lora", "dit-tiny");
        copy.Disturb("vae-tiny/diffusion_pytorch_model.safetensors", "encoder.conv_in.weight");
        var lines = copy.Verify(exitCode: 1);
        Assert.Equal(["vae-tiny/case1_32x48_batch1", "vae-tiny/case2_64x40_batch2"], RecordedCopy.Failed(lines));
        Assert.Contains("out.encoder.", lines["vae-tiny/case1_32x48_batch1"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dit-tiny", "case3_two_refs", "out.s0.joint_layer_1")]
    [InlineData("dit-tiny", "case6_timesteps", "out.t1.temb")]
    [InlineData("dit-tiny", "case2_one_ref_bf16", "out.s0.output")]
    [InlineData("vae-tiny", "case1_32x48_batch1", "out.decoder.up_block_1")]
    [InlineData("vae-tiny", "case2_64x40_batch2", "out.decoded")]
    [InlineData("images", "postprocess", "out.interpolated_13x17")]
    [InlineData("processor", "gray-45x31", "pixel_values")]
    public void Disturbed_record_fails_its_case_alone_and_is_named(string folder, string file, string record)
    {
        using var copy = new RecordedCopy(folder);
        copy.Disturb($"{folder}/{file}.safetensors", record);
        var lines = copy.Verify(exitCode: 1);
        Assert.Equal([$"{folder}/{file}"], RecordedCopy.Failed(lines));
        Assert.Contains(record, lines[$"{folder}/{file}"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-3.07269287109375", "-3.0726", "schedulers/times-28-steps-1024-tokens")]
    [InlineData("-0.28543365001678467", "-0.2855", "schedulers/dpmsolver++-28-steps-1024-tokens")]
    public void Changed_number_of_a_table_fails_the_case_that_it_belongs_to(string old, string changed, string failing)
    {
        using var copy = new RecordedCopy("shapes");
        copy.Add("schedulers.json");
        copy.Replace("schedulers.json", old, changed);
        Assert.Equal([failing], RecordedCopy.Failed(copy.Verify(exitCode: 1)));
    }

    [Fact]
    public void Changed_id_and_changed_size_fail_their_files()
    {
        using var copy = new RecordedCopy("tokenizer", "tiny-omnigen2", "shapes");
        copy.Replace("tokenizer/tiny-cases.json", "\"ids\":[220,220]", "\"ids\":[220,221]");
        copy.Replace("shapes/vae.txt", "encoder.conv_in.bias\t[128]", "encoder.conv_in.bias\t[129]");
        var lines = copy.Verify(exitCode: 1);
        Assert.Equal(["shapes/vae", "tokenizer/tiny-cases"], RecordedCopy.Failed(lines));
        Assert.Contains("two-spaces: ids: 1 of 2 values differ, first [1]: 220 instead of 221", lines["tokenizer/tiny-cases"], StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_carry_other_sizes_are_found_all_the_same()
    {
        using var copy = new RecordedCopy("dit-tiny", "vae-tiny", "processor");
        foreach (var (file, name) in (IEnumerable<(string, string)>)[
            ("dit-tiny/case1_t2i", "dit-tiny/case1_t2i_10x6"), ("dit-tiny/case2_one_ref", "dit-tiny/case2_one_ref_8x8"), ("dit-tiny/case2_one_ref_bf16", "dit-tiny/case2_one_ref_bf16_8x8"),
            ("vae-tiny/case1_32x48_batch1", "vae-tiny/case1_40x24_batch1"), ("vae-tiny/case2_64x40_batch2", "vae-tiny/picture"), ("processor/rgb-101x67", "processor/rgb-67x101")])
        {
            copy.Rename($"{file}.safetensors", $"{name}.safetensors");
        }

        copy.Rename("processor/rgb-101x67.png", "processor/rgb-67x101.png");
        copy.Replace("processor/images.json", "rgb-101x67", "rgb-67x101");
        var lines = copy.Verify(exitCode: 0);
        Assert.Contains("dit-tiny/case2_one_ref_bf16_8x8", lines.Keys);
        Assert.Contains("vae-tiny/picture", lines.Keys);
        Assert.Contains("processor/rgb-67x101", lines.Keys);
    }

    [Fact]
    public void Json_holds_every_case_and_with_records_every_value()
    {
        using var copy = new RecordedCopy("vae-tiny");
        copy.Disturb("vae-tiny/case2_64x40_batch2.safetensors", "out.std");
        var run = CliRun.Of("verify", copy.Path, "--device", "cpu", "--json", "--records");
        Assert.Equal(1, run.ExitCode);
        using var json = JsonDocument.Parse(run.Output);
        var (root, cases) = (json.RootElement, json.RootElement.GetProperty("cases"));
        Assert.Equal((1, 1), (root.GetProperty("ok").GetInt32(), root.GetProperty("failed").GetInt32()));
        Assert.Equal(["ok", "fail"], cases.EnumerateArray().Select(c => c.GetProperty("result").GetString()));
        Assert.Contains("shapes", root.GetProperty("absent").EnumerateArray().Select(a => a.GetString()));
        Assert.StartsWith("out.std is off by ", cases[1].GetProperty("explanation").GetString(), StringComparison.Ordinal);
        Assert.Equal(["out.std"], cases[1].GetProperty("values").EnumerateArray().Where(v => !v.GetProperty("ok").GetBoolean()).Select(v => v.GetProperty("name").GetString()));
    }

    [Fact]
    public void Filter_keeps_the_cases_with_one_of_its_texts()
    {
        var run = CliRun.Of("verify", GoldenFile.Root, "--device", "cpu", "--filter", "shapes/", "--filter", "SMART").MustSucceed();
        Assert.Equal(["shapes/mllm", "shapes/transformer", "shapes/vae", "processor/smart-resize"], run.Output.Split('\n').Where(l => l.EndsWith("ok", StringComparison.Ordinal)).Select(l => l.Split(' ')[0]));
        Assert.EndsWith("4 ok, 0 failed\n", run.Output, StringComparison.Ordinal);
        var none = CliRun.Of("verify", GoldenFile.Root, "--filter", "nothing");
        Assert.Equal(2, none.ExitCode);
        Assert.StartsWith("--filter nothing fits none of the ", none.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere", "There is no folder 'nowhere'")]
    [InlineData(".", "holds no recorded data: looked for shapes, schedulers.json, ")]
    public void Folder_without_recorded_data_is_one_sentence_and_1(string folder, string sentence)
    {
        var run = CliRun.Of("verify", folder);
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Stop_ends_between_two_cases()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var run = CliRun.Of(new CliOptions { Stop = stop.Token }, "verify", GoldenFile.Root, "--filter", "shapes/");
        Assert.Equal((130, ""), (run.ExitCode, run.Output));
    }

    [GeneratedRegex(@"^\S+ +error (-|\d\S*) +cosine (-|-?\d\S*) +tolerance (-|(cosine )?\d\S*) +ok$")]
    private static partial Regex CaseLine();
}
