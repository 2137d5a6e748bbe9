using System.Security.Cryptography;
using System.Text.Json;
using OmniGen2.Tests;

namespace OmniGen2.Cli.Tests;

public sealed class InspectTests
{
    [Fact]
    public void Lists_parts_with_classes_configs_and_counts()
    {
        var output = CliRun.Of("inspect", "--model", Checkpoints.Mini).MustSucceed().Output;
        Assert.Contains("transformer  OmniGen2Transformer2DModel  5,042,080 parameters in ", output);
        Assert.Contains("vae  AutoencoderKL  ", output);
        Assert.Contains("mllm  Qwen2_5_VLForConditionalGeneration  ", output);
        Assert.Matches(@"hidden_size +192\n", output);
        Assert.Contains("transformer/diffusion_pytorch_model.safetensors", output);
    }

    [Fact]
    public void Tensors_are_those_of_the_files()
    {
        var tiny = Checkpoints.Tiny;
        var output = CliRun.Of("inspect", "--model", tiny, "--tensors").MustSucceed().Output;
        var weights = GoldenTensors.Open(Path.Combine(tiny, "vae/diffusion_pytorch_model.safetensors"));
        Assert.All(weights.Names, name => Assert.Contains($"    {name}\t[{string.Join(", ", weights.Shape(name))}]\t", output));
    }

    [Fact]
    public void Json_has_sizes_and_digests_of_every_file()
    {
        var output = CliRun.Of("inspect", "--model", Checkpoints.Mini, "--json", "--sha256").MustSucceed().Output;
        using var json = JsonDocument.Parse(output);
        var files = json.RootElement.GetProperty("files").EnumerateArray().ToList();
        Assert.Contains(files, f => f.GetProperty("path").GetString() == "vae/config.json");
        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(Path.Combine(Checkpoints.Mini, file.GetProperty("path").GetString()!));
            Assert.Equal(bytes.Length, file.GetProperty("bytes").GetInt64());
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), file.GetProperty("sha256").GetString());
        }

        var transformer = json.RootElement.GetProperty("parts").GetProperty("transformer");
        Assert.Equal(5_042_080, transformer.GetProperty("parameters").GetInt64());
        Assert.Equal(192, transformer.GetProperty("config").GetProperty("hidden_size").GetInt32());
    }

    [Fact]
    public void Truncated_weights_are_named()
    {
        using var folder = new TempFolder();
        var weights = Path.Combine(Checkpoints.SmallCopyOfTiny(folder), "vae/diffusion_pytorch_model.safetensors");
        File.WriteAllBytes(weights, File.ReadAllBytes(weights)[..^100]);
        var run = CliRun.Of("inspect", "--model", folder.File("tiny"));
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith(weights, run.Error);
    }
}
