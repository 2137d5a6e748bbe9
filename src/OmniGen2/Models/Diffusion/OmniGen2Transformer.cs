using OmniGen2.Models.Layers;
using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace OmniGen2.Models.Diffusion;

// B batch · T text tokens · N noise tokens · S all tokens · D width · C latent channels · h w latent sides

/// <summary>
/// Velocity from noise to image, v = image − noise, given text and reference images. Nothing is padded or masked: samples of one
/// batch have the same sizes, others are run one by one.
/// <para>
/// <see cref="Forward"/> is the whole equation, and can be trained. For sampling, <see cref="Begin"/> gives a <see cref="VelocitySession"/>,
/// which runs the same parts, but each only as often as what it depends on changes.
/// </para>
/// </summary>
public sealed class OmniGen2Transformer
{
    /// <summary>Rows of the embedding that tells references apart.</summary>
    public const int MaxReferences = 5;

    private readonly TimestepEmbedder _timestep;
    private readonly TextRefiner _text;
    private readonly Linear _noiseEmbedder;
    private readonly Linear _referenceEmbedder;
    private readonly Tensor _referenceIndex;   // [5, D]
    private readonly BlockStack _noiseRefiner;
    private readonly BlockStack _referenceRefiner;
    private readonly BlockStack _layers;
    private readonly OutputHead _output;

    /// <param name="config">Sizes.</param>
    /// <param name="weights">Where the tensors come from; names are those of the published checkpoint.</param>
    /// <param name="streamed">Blocks are read from the mapped file as they are used and let go of behind: little memory, the same result.</param>
    public OmniGen2Transformer(TransformerConfig config, WeightScope weights, bool streamed = false)
    {
        Config = config;
        DType = weights.DType;
        Device = weights.Device;
        _timestep = new TimestepEmbedder(weights["time_caption_embed"]["timestep_embedder"], config);
        _text = new TextRefiner(weights, config, streamed);
        _noiseEmbedder = weights["x_embedder"].Linear(config.PatchFeatures, config.HiddenSize);
        _referenceEmbedder = weights["ref_image_patch_embedder"].Linear(config.PatchFeatures, config.HiddenSize);
        _referenceIndex = weights.Parameter("image_index_embedding", Init.Normal(0.02), MaxReferences, config.HiddenSize);
        _noiseRefiner = new BlockStack(weights["noise_refiner"], config, config.NumRefinerLayers, streamed);
        _referenceRefiner = new BlockStack(weights["ref_image_refiner"], config, config.NumRefinerLayers, streamed);
        _layers = new BlockStack(weights["layers"], config, config.NumLayers, streamed);
        _output = new OutputHead(weights["norm_out"], config);
    }

    public TransformerConfig Config { get; }

    public ScalarType DType { get; }

    /// <summary>Where velocities are computed and stay; inputs are brought there, and into <see cref="DType"/>.</summary>
    public Device Device { get; }

    /// <summary>Prepares a run over a schedule: all that does not change between its steps is computed here.</summary>
    public VelocitySession Begin(VelocityPlan plan) => new(this, plan);

    /// <summary>The velocity [B, C, h, w] of one sample, or of several of the same sizes.</summary>
    /// <param name="latent">[B, C, h, w].</param>
    /// <param name="t">[B], 0 (noise) … 1 (image), rounded as the network shall see it.</param>
    /// <param name="text">[B, T, features].</param>
    /// <param name="references">Each [B, C, h, w] of its own size.</param>
    /// <param name="record">Sees every intermediate result, whole and under its name in the recorded data; the tensors die with the call.</param>
    public Tensor Forward(Tensor latent, Tensor t, Tensor text, IReadOnlyList<Tensor> references, Action<string, Tensor>? record = null) =>
        Run(latent, t, text, references, record, keepsAll: record is not null);

    /// <summary>As <see cref="Forward"/>, but the last layer goes on leaving out the tokens that nobody reads behind it.</summary>
    internal Tensor Watch(Tensor latent, Tensor t, Tensor text, IReadOnlyList<Tensor> references, Action<string, Tensor> watch) =>
        Run(latent, t, text, references, watch, keepsAll: false);

    /// <summary>Factors for timesteps [B]: the samples of a batch, or all the steps of a schedule.</summary>
    internal Modulation Modulate(Tensor t, Action<string, Tensor>? record = null)
    {
        using var scope = torch.NewDisposeScope();
        var activated = silu(_timestep.Forward(t.to(Device), record));
        return new Modulation
        {
            NoiseRefiner = _noiseRefiner.Modulate(activated),
            ReferenceRefiner = _referenceRefiner.Modulate(activated),
            Layers = _layers.Modulate(activated),
            Output = _output.Modulate(activated),
        }.MoveToOuterDisposeScope();
    }

    /// <summary>Context tokens [B, T, D]; they do not depend on the timestep.</summary>
    internal Tensor EncodeText(Tensor text, Action<string, Tensor>? record = null) => _text.Forward(Bring(text), record);

    /// <summary>A reference before its refiner; this does not depend on the timestep either.</summary>
    internal ImageTokens EmbedReference(Tensor latent, int index, Action<string, Tensor>? record = null)
    {
        if (index >= MaxReferences)
        {
            throw new ModelException($"Reference image {index + 1} is one too many: the model tells {MaxReferences} apart.");
        }

        var grid = GridOf(latent);
        var tokens = _referenceEmbedder.Forward(grid.Patchify(Bring(latent), Config.PatchSize)) + _referenceIndex[index];
        record?.Invoke($"ref{index}.embed_plus_index", tokens);
        return new ImageTokens(tokens, grid, ImageRotary(grid));
    }

    /// <summary>Every reference for itself, so branches that see the same ones share the result.</summary>
    internal static IReadOnlyList<TokenPass> ReferencePasses(IReadOnlyList<ImageTokens> images, Modulation modulation) =>
        [.. images.Select((image, j) => new TokenPass($"ref{j}.ref_image_refiner", image.Tokens, image.Rotary, modulation.ReferenceRefiner))];

    internal void RefineReferences(IReadOnlyList<TokenPass> passes, Action<string, Tensor>? record = null) => _referenceRefiner.Run(passes, record);

    /// <summary>Noise tokens [B, N, D]; they have seen neither text nor references, so all guidance branches share them.</summary>
    internal TokenPass NoisePass(Tensor latent, Rotary rotary, Modulation modulation, Action<string, Tensor>? record = null)
    {
        var patches = GridOf(latent).Patchify(Bring(latent), Config.PatchSize);
        record?.Invoke("noise_patches", patches);
        var pass = new TokenPass("noise_refiner", _noiseEmbedder.Forward(patches), rotary, modulation.NoiseRefiner);
        record?.Invoke("noise_embed", pass.Tokens);
        return pass;
    }

    internal void RefineNoise(IReadOnlyList<TokenPass> passes, Action<string, Tensor>? record = null) => _noiseRefiner.Run(passes, record);

    /// <summary>What the first layer's attention sees of a joint sequence.</summary>
    internal Tensor LayersInput(Tensor joint, Modulation modulation) => _layers.First.ModulatedInput(joint, modulation.Layers[0]);

    internal void RunLayers(IReadOnlyList<TokenPass> passes, Action<string, Tensor>? record = null) => _layers.Run(passes, record);

    /// <summary>Velocity [B, C, h, w] from the sequence's last N tokens.</summary>
    internal Tensor Project(Tensor tokens, PatchGrid grid, Modulation modulation, Action<string, Tensor>? record = null)
    {
        using var scope = torch.NewDisposeScope();
        var patches = _output.Forward(tokens.narrow(1, tokens.shape[1] - grid.Count, grid.Count), modulation.Output);
        record?.Invoke("norm_out", patches);
        var velocity = grid.Unpatchify(patches, Config.PatchSize);
        record?.Invoke("output", velocity);
        return velocity.MoveToOuterDisposeScope();
    }

    /// <summary>Angles inside an image. A sequence id common to all its tokens turns queries and keys alike and cancels in their products, so 0 serves in every layout.</summary>
    internal Rotary ImageRotary(PatchGrid grid) => new(TokenPositions.Image(0, grid), Config.AxesDimRope, Device);

    internal Rotary JointRotary(Tensor context, IEnumerable<PatchGrid> references, PatchGrid noise) =>
        new(TokenPositions.Joint((int)context.shape[1], references, noise), Config.AxesDimRope, Device);

    private Tensor Run(Tensor latent, Tensor t, Tensor text, IReadOnlyList<Tensor> references, Action<string, Tensor>? record, bool keepsAll)
    {
        using var scope = torch.NewDisposeScope();
        var grid = GridOf(latent);
        var modulation = Modulate(t, record);
        var context = EncodeText(text, record);
        var images = references.Select((r, j) => EmbedReference(r, j, record)).ToList();
        var rotary = JointRotary(context, images.Select(i => i.Grid), grid);
        Record(rotary, record);

        var refined = ReferencePasses(images, modulation);
        RefineReferences(refined, record);
        var noise = NoisePass(latent, ImageRotary(grid), modulation, record);
        RefineNoise([noise], record);
        var joint = torch.cat([context, .. refined.Select(p => p.Tokens), noise.Tokens], 1);   // [B, S, D]
        record?.Invoke("joint_input", joint);
        var pass = new TokenPass("joint_layer", joint, rotary, modulation.Layers) { Kept = keepsAll ? joint.shape[1] : grid.Count };
        RunLayers([pass], record);
        return Project(pass.Tokens, grid, modulation, record).MoveToOuterDisposeScope();
    }

    private PatchGrid GridOf(Tensor latent)
    {
        if (latent.dim() != 4 || latent.shape[1] != Config.InChannels)
        {
            throw new ModelException($"Latents are [{string.Join(", ", latent.shape)}], but the transformer reads [batch, {Config.InChannels}, height, width]: the VAE and the transformer must come from the same checkpoint.");
        }

        return PatchGrid.FromLatent(latent.shape[2], latent.shape[3], Config.PatchSize);
    }

    private Tensor Bring(Tensor x) => x.to(Device).to_type(DType);

    private static void Record(Rotary rotary, Action<string, Tensor>? record)
    {
        record?.Invoke("position_ids", torch.tensor([.. rotary.Positions.SelectMany(p => new[] { p.Sequence, p.Row, p.Column })], [rotary.Positions.Count, 3]));
        record?.Invoke("rope_cos", rotary.Cos);
        record?.Invoke("rope_sin", rotary.Sin);
    }
}
