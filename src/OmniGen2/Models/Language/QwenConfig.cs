using OmniGen2.Models.Vision;
using OmniGen2.Weights;

namespace OmniGen2.Models.Language;

/// <summary>Sizes and special ids of the language model and its vision tower; the defaults are those of the released model.</summary>
public sealed record QwenConfig
{
    public int HiddenSize { get; init; } = 2048;

    public int IntermediateSize { get; init; } = 11008;

    public int Layers { get; init; } = 36;

    public int Heads { get; init; } = 16;

    public int KeyHeads { get; init; } = 2;

    public double NormEps { get; init; } = 1e-6;

    public double RopeTheta { get; init; } = 1e6;

    /// <summary>How many rotary frequencies follow the time, the row and the column of a token.</summary>
    public IReadOnlyList<int> RopeSections { get; init; } = [16, 24, 24];

    /// <summary>Longest sequence, pictures and answer included.</summary>
    public int MaxPositions { get; init; } = 128000;

    /// <summary>Rows of a freshly initialised embedding; in a checkpoint the embedding's own shape decides.</summary>
    public int VocabSize { get; init; } = 151936;

    public int ImagePadId { get; init; } = 151655;

    public VisionConfig Vision { get; init; } = new();

    public int HeadSize => HiddenSize / Heads;

    public static QwenConfig Load(string path)
    {
        var file = ConfigFile.Load(path);

        // Newer writers put the language model's own keys into a section; the ids stay outside.
        var text = file.Has("text_config") ? file.Section("text_config") : file;
        var config = new QwenConfig
        {
            HiddenSize = text.AtLeast(1, "hidden_size"),
            IntermediateSize = text.AtLeast(1, "intermediate_size"),
            Layers = text.AtLeast(1, "num_hidden_layers"),
            Heads = text.AtLeast(1, "num_attention_heads"),
            KeyHeads = text.AtLeast(1, "num_key_value_heads"),
            NormEps = text.Double("rms_norm_eps"),
            RopeTheta = text.Double("rope_theta"),
            RopeSections = Sections(text.Section("rope_scaling")),
            MaxPositions = text.AtLeast(1, "max_position_embeddings"),
            VocabSize = text.AtLeast(1, "vocab_size"),
            ImagePadId = file.Int("image_token_id"),
            Vision = VisionConfig.Read(file.Section("vision_config")),
        };
        config.Check(path);
        return config;
    }

    /// <summary>Type "mrope" is the original spelling; "default" is what a newer version writes for the same thing.</summary>
    private static int[] Sections(ConfigFile scaling)
    {
        var type = scaling.String(scaling.Has("type") ? "type" : "rope_type");
        return type is "mrope" or "default"
            ? scaling.Ints("mrope_section")
            : throw new WeightsException($"{scaling.Path} asks for rope_scaling of type '{type}'; known: mrope, default.");
    }

    private void Check(string path)
    {
        if (HiddenSize % (Heads * 2) != 0)
        {
            throw new WeightsException($"{path}: hidden_size {HiddenSize} does not split into num_attention_heads {Heads} heads of even size.");
        }
        if (Heads % KeyHeads != 0)
        {
            throw new WeightsException($"{path}: num_attention_heads {Heads} is not a multiple of num_key_value_heads {KeyHeads}.");
        }
        if (RopeSections.Count != 3 || RopeSections.Sum() != HeadSize / 2)
        {
            throw new WeightsException($"{path}: mrope_section [{string.Join(", ", RopeSections)}] must be three numbers that sum to half the head size, {HeadSize / 2}.");
        }
        if (Vision.OutputSize != HiddenSize)
        {
            throw new WeightsException($"{path}: the vision tower's out_hidden_size {Vision.OutputSize} differs from hidden_size {HiddenSize}.");
        }
    }
}
