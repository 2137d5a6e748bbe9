using OmniGen2.Weights;

namespace OmniGen2.Models.Vae;

/// <summary>Sizes of an autoencoder, as the published `vae/config.json` has them.</summary>
public sealed record VaeConfig
{
    public const double NormEpsilon = 1e-6;

    /// <summary>Three halvings between four levels make the eighth that everything else counts on.</summary>
    private const int Levels = 4;

    public int ImageChannels { get; init; } = 3;

    public int LatentChannels { get; init; } = 16;

    public IReadOnlyList<int> BlockChannels { get; init; } = [128, 256, 512, 512];

    public int LayersPerBlock { get; init; } = 2;

    public int NormGroups { get; init; } = 32;

    public bool HasMidAttention { get; init; } = true;

    public double ScalingFactor { get; init; } = 0.3611;

    public double ShiftFactor { get; init; } = 0.1159;

    /// <summary>Feature maps of more numbers than this go through the large parts in bands of rows: the same picture in less memory.</summary>
    public long LargestMap { get; init; } = Bands.DefaultLargest;

    public static VaeConfig Load(string path)
    {
        var file = ConfigFile.Load(path).Expect("_class_name", "AutoencoderKL");
        var config = new VaeConfig
        {
            ImageChannels = file.AtLeast(1, "in_channels", 3),
            LatentChannels = file.AtLeast(1, "latent_channels"),
            BlockChannels = file.Ints("block_out_channels"),
            LayersPerBlock = file.AtLeast(1, "layers_per_block"),
            NormGroups = file.AtLeast(1, "norm_num_groups", 32),
            HasMidAttention = file.Bool("mid_block_add_attention", true),
            ScalingFactor = file.Double("scaling_factor"),
            ShiftFactor = file.Double("shift_factor", 0),
        };
        config.Check(file);
        return config;
    }

    private void Check(ConfigFile file)
    {
        Demand(file, ImageChannels == 3, "in_channels", "3");
        Demand(file, BlockChannels.Count == Levels && BlockChannels.All(c => c > 0 && c % NormGroups == 0), "block_out_channels", $"{Levels} multiples of {NormGroups}");
        Demand(file, double.IsFinite(ScalingFactor) && ScalingFactor != 0, "scaling_factor", "a number other than 0");
        Demand(file, file.Int("out_channels", 3) == 3, "out_channels", "3");
        Demand(file, file.String("act_fn", "silu") == "silu", "act_fn", "silu");

        // The original's class has these convolutions unless told otherwise; no OmniGen2 checkpoint does.
        Demand(file, !file.Bool("use_quant_conv", true), "use_quant_conv", "false");
        Demand(file, !file.Bool("use_post_quant_conv", true), "use_post_quant_conv", "false");
        Demand(file, !file.Has("latents_mean") && !file.Has("latents_std"), "latents_mean", "null, and so 'latents_std'");
    }

    private static void Demand(ConfigFile file, bool holds, string key, string expected)
    {
        if (!holds)
        {
            throw new WeightsException($"{file.Path} has a '{key}' that this autoencoder cannot have; it must be {expected}.");
        }
    }
}
