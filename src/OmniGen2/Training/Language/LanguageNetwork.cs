using OmniGen2.Models.Language;
using OmniGen2.Models.Vision;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Training.Language;

// R trees · S tokens · D width · U picture tokens

/// <summary>The language model, its vision tower and the heads, over whole trees.</summary>
internal sealed class LanguageNetwork(Qwen model, LanguageHeads heads)
{
    // Late enough to have understood the words, early enough for the layers behind to use what was found.
    private readonly string _middle = $"hidden.{Math.Max(1, model.Config.Layers / 2)}";

    public Qwen Model => model;

    public LanguageHeads Heads => heads;

    /// <summary>The network over a checkpoint's or fresh weights, with fresh heads.</summary>
    public static LanguageNetwork Build(WeightSource model, WeightSource heads, QwenConfig config)
    {
        var qwen = model.Build(weights => new Qwen(weights, config));
        return new LanguageNetwork(qwen, new LanguageHeads(heads.Root["heads"], config.HiddenSize, qwen.Language.VocabSize));
    }

    /// <summary>Last hidden states [R·S, D], those in the middle [R·S, D], and the pictures' tokens [U, D] or null; in the current scope.</summary>
    public (Tensor Last, Tensor Middle, Tensor? Pictures) Forward(LanguageBatch batch)
    {
        var language = model.Language;
        var pictures = batch.Patches is null ? null : model.Vision.Forward(batch.Patches, VisionLayout.Of(batch.Grids, model.Config.Vision));
        var embeddings = language.Embed(batch.Ids);                                                                  // [R, S, D]
        if (pictures is not null)
        {
            embeddings = cat([embeddings.flatten(0, 1), pictures.to_type(embeddings.dtype)], 0).index_select(0, batch.Sources).view(embeddings.shape);
        }

        Tensor? middle = null;
        var last = language.Forward(embeddings, language.Rotary(batch.Positions, null), null, Keep, batch.Mask);
        return (last.flatten(0, 1), middle!.flatten(0, 1), pictures);

        void Keep(string name, Tensor hidden)
        {
            if (name == _middle)
            {
                middle = hidden.alias().MoveToOuterDisposeScope();
            }
        }
    }
}
