using OmniGen2.Weights;

namespace OmniGen2.Models.Vision;

/// <summary>Sizes of the vision tower; the defaults are those of the released model.</summary>
public sealed record VisionConfig
{
    public int HiddenSize { get; init; } = 1280;

    public int IntermediateSize { get; init; } = 3420;

    public int OutputSize { get; init; } = 2048;

    public int Layers { get; init; } = 32;

    public int Heads { get; init; } = 16;

    public int Channels { get; init; } = 3;

    public int PatchSize { get; init; } = 14;

    public int TemporalPatchSize { get; init; } = 2;

    /// <summary>Patches along one side of the square that becomes one token.</summary>
    public int MergeSize { get; init; } = 2;

    /// <summary>Pixels along one side of an attention window.</summary>
    public int WindowSize { get; init; } = 112;

    /// <summary>Blocks that see the whole picture instead of a window.</summary>
    public IReadOnlyList<int> FullAttentionLayers { get; init; } = [7, 15, 23, 31];

    public int HeadSize => HiddenSize / Heads;

    /// <summary>Values of one patch: channels × frames × rows × columns.</summary>
    public int PatchValues => Channels * TemporalPatchSize * PatchSize * PatchSize;

    /// <summary>Tokens along one side of a window.</summary>
    public int WindowUnits => WindowSize / MergeSize / PatchSize;

    public int PatchesPerToken => MergeSize * MergeSize;

    internal static VisionConfig Read(ConfigFile file)
    {
        var config = new VisionConfig
        {
            HiddenSize = file.AtLeast(1, "hidden_size"),
            IntermediateSize = file.AtLeast(1, "intermediate_size"),
            OutputSize = file.AtLeast(1, "out_hidden_size"),
            Layers = file.AtLeast(1, "depth"),
            Heads = file.AtLeast(1, "num_heads"),
            PatchSize = file.AtLeast(1, "patch_size"),
            TemporalPatchSize = file.AtLeast(1, "temporal_patch_size", 2),
            MergeSize = file.AtLeast(1, "spatial_merge_size", 2),
            WindowSize = file.AtLeast(1, "window_size"),
            FullAttentionLayers = file.Ints("fullatt_block_indexes"),
        };
        config.Check(file.Path);
        return config;
    }

    private void Check(string path)
    {
        if (HiddenSize % (Heads * 4) != 0)
        {
            throw new WeightsException($"{path}: the vision tower's hidden_size {HiddenSize} does not split into num_heads {Heads} heads of a multiple of 4.");
        }
        if (WindowUnits == 0)
        {
            throw new WeightsException($"{path}: the vision tower's window_size {WindowSize} is smaller than patch_size × spatial_merge_size = {PatchSize * MergeSize}.");
        }
    }
}
