using OmniGen2.Imaging;
using OmniGen2.Models.Vision;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Models.Language;

// B prompts · S tokens · D width · V vocabulary

/// <summary>Qwen2.5-VL: reads text and pictures, writes text, and gives the diffusion transformer the features of a prompt.</summary>
public sealed partial class Qwen
{
    /// <param name="weights">The root of the checkpoint's mllm folder, names of newer files translated by the source.</param>
    /// <param name="config">Its config.json.</param>
    /// <param name="streamed">Whether layers let go of their mapped weights after use, to run in less memory than the weights take.</param>
    public Qwen(WeightScope weights, QwenConfig config, bool streamed = false)
    {
        Config = config;
        Vision = new VisionTower(weights["visual"], config.Vision, streamed);
        Language = new LanguageModel(weights["model"], weights["lm_head"], config, streamed);
    }

    public QwenConfig Config { get; }

    public VisionTower Vision { get; }

    public LanguageModel Language { get; }

    /// <summary>Sees intermediate results by name while they are computed; it copies what it wants to keep.</summary>
    public Action<string, Tensor>? Recorder { get; set; }

    /// <summary>Hidden states [B, S, D] of prompts of any length, the shorter ones padded on the right; differentiable.</summary>
    public Tensor Forward(IReadOnlyList<QwenPrompt> prompts) => Read(prompts);

    /// <summary>Hidden states [S, D] of all tokens of a prompt, without keeping anything for an answer.</summary>
    public Tensor Encode(QwenPrompt prompt)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Read([prompt]).squeeze(0).MoveToOuterDisposeScope();
    }

    /// <summary>Reads a prompt once, for its features and for answers to it.</summary>
    /// <param name="prompt">Ids and pictures.</param>
    /// <param name="room">Tokens of answer to make room for at once; a longer answer makes more.</param>
    public LanguageState Prefill(QwenPrompt prompt, int room = 256) => Prefill(prompt, null, 0, room);

    /// <summary>As above, going on where another prompt stands that begins with the same tokens and pictures.</summary>
    /// <param name="prompt">Ids and pictures.</param>
    /// <param name="known">The other one, read; it stays as it is.</param>
    /// <param name="shared">How many of its first tokens are the same. Counted are whole chunks, so that the numbers are those of a prompt that is read at once; or all of them, when it is the very same prompt.</param>
    /// <param name="room">Tokens of answer to make room for.</param>
    internal LanguageState Prefill(QwenPrompt prompt, LanguageState? known, int shared, int room)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var rest = prompt.Ids.Count - shared;
        var caches = Enumerable.Range(0, Config.Layers).Select(i => shared > 0 ? LayerCache.From(known!.Caches[i], shared, rest + room) : new LayerCache(rest + room)).ToArray();
        var parts = new List<Tensor>();
        if (shared > 0)
        {
            parts.Add(known!.Hidden.narrow(0, 0, shared));
        }
        if (rest > 0)
        {
            parts.Add(Forward(prompt, shared, caches));
        }
        return new LanguageState(prompt, cat(parts, 0).DetachFromDisposeScope(), caches, Config);
    }

    private Tensor Read(IReadOnlyList<QwenPrompt> prompts)
    {
        using var scope = NewDisposeScope();
        var length = prompts.Max(p => p.Ids.Count);
        var positions = prompts.Select(p => TokenPositions.Of(p, Config).PadTo(length)).ToList();
        return Language.Forward(Embed(prompts, length), Language.Rotary(positions, Recorder), null, Recorder).MoveToOuterDisposeScope();
    }

    /// <summary>Hidden states [S − start, D] of a prompt's tokens from one on; those before it are in the caches.</summary>
    private Tensor Forward(QwenPrompt prompt, int start, LayerCache[] caches)
    {
        using var scope = NewDisposeScope();
        var rest = prompt.Ids.Count - start;
        var rotary = Language.Rotary([TokenPositions.Of(prompt, Config)], Recorder).Of(start, rest);
        return Language.Forward(Embed(prompt, start), rotary, caches, Recorder).squeeze(0).MoveToOuterDisposeScope();
    }

    /// <summary>Embeddings [1, S − start, D]. Pictures go through the tower one by one, so that what becomes of one does not depend on the others; those before the start do not at all.</summary>
    private Tensor Embed(QwenPrompt prompt, int start)
    {
        if (Recorder is not null)
        {
            return Embed([prompt], prompt.Ids.Count).narrow(1, start, prompt.Ids.Count - start);
        }
        var embeddings = Language.Embed(tensor(prompt.Ids.Select(id => (long)id).ToArray(), device: Language.Device).unsqueeze(0));    // [1, S, D]
        var token = 0;
        foreach (var image in prompt.Images)
        {
            var count = ImageGrid.Of(image).Patches / Config.Vision.PatchesPerToken;
            token = prompt.Ids.Skip(token).TakeWhile(id => id != Config.ImagePadId).Count() + token;
            if (token + count > start)
            {
                embeddings.narrow(1, token, count).copy_(See([image]).unsqueeze(0));
            }
            token += count;
        }
        return embeddings.narrow(1, start, prompt.Ids.Count - start);
    }

    /// <summary>Tokens [U, D] of pictures.</summary>
    private Tensor See(IReadOnlyList<QwenImage> images)
    {
        var patches = cat([.. images.Select(i => tensor(i.PixelValues, [i.Patches, Config.Vision.PatchValues]))], 0);
        return Vision.Forward(patches, VisionLayout.Of([.. images.Select(ImageGrid.Of)], Config.Vision), Recorder);
    }

    /// <summary>Embeddings [B, S, D] with the pictures' tokens in the place of their pads.</summary>
    private Tensor Embed(IReadOnlyList<QwenPrompt> prompts, int length)
    {
        var ids = prompts.SelectMany(p => p.Ids.Concat(Enumerable.Repeat(0, length - p.Ids.Count))).Select(id => (long)id).ToArray();
        var embeddings = Language.Embed(tensor(ids, device: Language.Device).view(prompts.Count, length));
        var images = prompts.SelectMany(p => p.Images).ToList();
        if (images.Count == 0)
        {
            return embeddings;
        }
        var tokens = See(images);    // [U, D]

        // Rows to take from the embeddings and the pictures' tokens laid end to end.
        var sources = new long[ids.Length];
        var picture = (long)ids.Length;
        for (var i = 0; i < ids.Length; i++)
        {
            var isPicture = ids[i] == Config.ImagePadId && prompts[i / length].Images.Count > 0;
            sources[i] = isPicture ? picture++ : i;
        }
        return cat([embeddings.flatten(0, 1), tokens], 0).index_select(0, tensor(sources, device: Language.Device)).view(embeddings.shape);
    }
}
