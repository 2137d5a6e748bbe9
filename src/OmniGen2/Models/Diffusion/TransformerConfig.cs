using System.Globalization;
using OmniGen2.Weights;

namespace OmniGen2.Models.Diffusion;

/// <summary>The numbers of a transformer, as its config.json has them. Table lengths (`axes_lens`) are not read: angles are computed for any position.</summary>
public sealed record TransformerConfig
{
    public required int HiddenSize { get; init; }

    public required int NumLayers { get; init; }

    public required int NumRefinerLayers { get; init; }

    public required int NumAttentionHeads { get; init; }

    public required int NumKvHeads { get; init; }

    /// <summary>Channels of a head that turn with sequence id, row and column.</summary>
    public required IReadOnlyList<int> AxesDimRope { get; init; }

    public required int TextFeatDim { get; init; }

    public required double TimestepScale { get; init; }

    public int PatchSize { get; init; } = 2;

    public int InChannels { get; init; } = 16;

    /// <summary>The feed-forward width is rounded up to a multiple of this.</summary>
    public int MultipleOf { get; init; } = 256;

    public double FfnDimMultiplier { get; init; } = 1;

    public double NormEps { get; init; } = 1e-5;

    public int HeadSize => HiddenSize / NumAttentionHeads;

    /// <summary>Width of the timestep embedding that modulates the blocks.</summary>
    public int ConditioningSize => Math.Min(HiddenSize, 1024);

    /// <summary>Features of a patch token: row, column, channel, channel fastest.</summary>
    public int PatchFeatures => PatchSize * PatchSize * InChannels;

    public long FeedForwardSize => ((long)(FfnDimMultiplier * 4 * HiddenSize) + MultipleOf - 1) / MultipleOf * MultipleOf;

    public static TransformerConfig Load(string path) => Read(ConfigFile.Load(path).Expect("_class_name", "OmniGen2Transformer2DModel"));

    /// <summary>From an object that holds the numbers, wherever it stands.</summary>
    internal static TransformerConfig Read(ConfigFile file)
    {
        var config = new TransformerConfig
        {
            HiddenSize = file.AtLeast(1, "hidden_size"),
            NumLayers = file.AtLeast(1, "num_layers"),
            NumRefinerLayers = file.AtLeast(0, "num_refiner_layers"),
            NumAttentionHeads = file.AtLeast(1, "num_attention_heads"),
            NumKvHeads = file.AtLeast(1, "num_kv_heads"),
            AxesDimRope = file.Ints("axes_dim_rope"),
            TextFeatDim = file.AtLeast(1, "text_feat_dim"),
            TimestepScale = file.Double("timestep_scale"),
            PatchSize = file.AtLeast(1, "patch_size", 2),
            InChannels = file.AtLeast(1, "in_channels", 16),
            MultipleOf = file.AtLeast(1, "multiple_of", 256),
            FfnDimMultiplier = file.Double("ffn_dim_multiplier", 1),
            NormEps = file.Double("norm_eps", 1e-5),
        };
        config.Check(file.Path, outChannels: file.Int("out_channels", config.InChannels));
        return config;
    }

    /// <summary>Refuses numbers that no network can have together.</summary>
    private void Check(string path, int outChannels)
    {
        var axes = $"axes_dim_rope [{string.Join(", ", AxesDimRope)}]";
        var rules = new (bool Holds, FormattableString Fault)[]
        {
            (HiddenSize % NumAttentionHeads == 0, $"hidden_size {HiddenSize} is not divisible by num_attention_heads {NumAttentionHeads}"),
            (NumAttentionHeads % NumKvHeads == 0, $"num_attention_heads {NumAttentionHeads} is not divisible by num_kv_heads {NumKvHeads}"),
            (AxesDimRope.Count == 3, $"{axes} must be three numbers"),
            (AxesDimRope.All(d => d > 0 && d % 2 == 0), $"{axes} must be even numbers above 0"),
            (AxesDimRope.Sum(d => (long)d) == HeadSize, $"{axes} must sum to hidden_size / num_attention_heads = {HeadSize}"),
            (outChannels == InChannels, $"out_channels {outChannels} must equal in_channels {InChannels}, for a velocity has the latent's channels"),
            (FfnDimMultiplier > 0 && FeedForwardSize is > 0 and < int.MaxValue, $"ffn_dim_multiplier {FfnDimMultiplier} gives no usable feed-forward width"),
            (TimestepScale > 0 && double.IsFinite(TimestepScale), $"timestep_scale {TimestepScale} must be above 0"),
            (NormEps > 0 && double.IsFinite(NormEps), $"norm_eps {NormEps} must be above 0"),
        };
        foreach (var (_, fault) in rules.Where(r => !r.Holds))
        {
            throw new WeightsException($"{path}: {fault.ToString(CultureInfo.InvariantCulture)}. Take the file published beside the weights.");
        }
    }
}
