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

    // What was found can be compared one layer further on.
    private readonly string _late = $"hidden.{Math.Max(1, model.Config.Layers * 3 / 4)}";

    public Qwen Model => model;

    public LanguageHeads Heads => heads;

    /// <summary>The network over a checkpoint's or fresh weights, with fresh heads.</summary>
    public static LanguageNetwork Build(WeightSource model, WeightSource heads, QwenConfig config)
    {
        var qwen = model.Build(weights => new Qwen(weights, config));
        return new LanguageNetwork(qwen, new LanguageHeads(heads.Root["heads"], config.HiddenSize, qwen.Language.VocabSize));
    }

    /// <summary>Hidden states behind the last layer, in the middle and late, [R·S, D] each, and the pictures' tokens [U, D] or null; in the current scope.</summary>
    public (Tensor Last, Tensor Middle, Tensor Late, Tensor? Pictures) Forward(LanguageBatch batch)
    {
        var language = model.Language;
        var pictures = batch.Patches is null ? null : model.Vision.Forward(batch.Patches, VisionLayout.Of(batch.Grids, model.Config.Vision));
        var embeddings = language.Embed(batch.Ids);                                                                  // [R, S, D]
        if (pictures is not null)
        {
            embeddings = cat([embeddings.flatten(0, 1), pictures.to_type(embeddings.dtype)], 0).index_select(0, batch.Sources).view(embeddings.shape);
        }

        Tensor? middle = null;
        Tensor? late = null;
        var last = language.Forward(embeddings, language.Rotary(batch.Positions, null), null, Keep, batch.Mask);
        return (last.flatten(0, 1), middle!.flatten(0, 1), late!.flatten(0, 1), pictures);

        void Keep(string name, Tensor hidden)
        {
            // The layers let go of it, but not of what it is made of.
            if (name == _middle)
            {
                middle = hidden.alias().MoveToOuterDisposeScope();
            }

            if (name == _late)
            {
                late = hidden.alias().MoveToOuterDisposeScope();
            }
        }
    }
}
