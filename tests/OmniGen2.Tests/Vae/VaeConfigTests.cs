using OmniGen2.Models.Vae;
using OmniGen2.Weights;

namespace OmniGen2.Tests.Vae;

public sealed class VaeConfigTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Published_file_is_read()
    {
        var config = VaeConfig.Load(GoldenFile.Path("vae-tiny/config.json"));
        Assert.Equal([16, 32, 32, 32], config.BlockChannels);
        Assert.Equal((16, 2, 8, 0.3611, 0.1159), (config.LatentChannels, config.LayersPerBlock, config.NormGroups, config.ScalingFactor, config.ShiftFactor));
    }

    [Theory]
    [InlineData("\"use_quant_conv\": false", "\"use_quant_conv\": true", "use_quant_conv")]
    [InlineData("\"norm_num_groups\": 8", "\"norm_num_groups\": 7", "block_out_channels")]
    [InlineData("\"scaling_factor\": 0.3611", "\"scaling_factor\": 0", "scaling_factor")]
    [InlineData("\"act_fn\": \"silu\"", "\"act_fn\": \"gelu\"", "act_fn")]
    [InlineData("\"in_channels\": 3", "\"in_channels\": 4", "in_channels")]
    [InlineData("\"AutoencoderKL\"", "\"AutoencoderDC\"", "AutoencoderDC")]
    [InlineData("\"latents_mean\": null", "\"latents_mean\": [0]", "latents_mean")]
    public void Config_of_another_autoencoder_is_refused_by_its_key(string old, string changed, string named)
    {
        var text = GoldenFile.Text("vae-tiny/config.json");
        Assert.Contains(old, text);
        File.WriteAllText(_path, text.Replace(old, changed));
        Assert.Contains(named, Assert.Throws<WeightsException>(() => VaeConfig.Load(_path)).Message);
    }
}
