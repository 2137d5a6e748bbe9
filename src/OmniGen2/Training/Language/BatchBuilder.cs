using OmniGen2.Imaging;
using OmniGen2.Models.Language;
using OmniGen2.Models.Vision;
using OmniGen2.Tokenization;
using OmniGen2.Training.Shapes;
using static TorchSharp.torch;

namespace OmniGen2.Training.Language;

/// <summary>Lays trees side by side as tensors. Safe to use from several threads.</summary>
internal sealed class BatchBuilder(QwenConfig config, QwenImageProcessor images, BytePairTokenizer tokenizer, LanguageWeights weights)
{
    private const float Hidden = -1e30f;

    /// <param name="trees">Rows of the batch.</param>
    /// <param name="extra">Pictures that no tree has.</param>
    /// <param name="first">Number of the first sample.</param>
    public LanguageBatch Build(IReadOnlyList<ConversationTree> trees, IReadOnlyList<Scene> extra, long first)
    {
        using var scope = NewDisposeScope();
        Scene[] scenes = [.. trees.SelectMany(t => t.Pictures), .. extra];
        QwenImage[] pictures = [.. scenes.Select(s => images.Process(ScenePainter.Paint(s)))];
        ImageGrid[] grids = [.. pictures.Select(ImageGrid.Of)];
        var length = trees.Max(t => t.Length);
        var layout = new TreeLayout(trees, length, config, pictures);
        var targets = new BatchTargets(trees, length, tokenizer, weights.LengthPower);
        return new LanguageBatch
        {
            Samples = [.. Enumerable.Range(0, trees.Sum(t => t.Branches.Count)).Select(i => first + i)],
            Ids = tensor(layout.Ids, [trees.Count, length]).DetachFromDisposeScope(),
            Positions = layout.Positions,
            Mask = tensor(layout.Mask(Hidden), [trees.Count, 1, length, length]).DetachFromDisposeScope(),
            Patches = Patches(pictures)?.DetachFromDisposeScope(),
            Grids = grids,
            Sources = tensor(layout.Sources()).DetachFromDisposeScope(),
            Answers = targets.Answers.ToTensors(l => tensor(l)),
            Words = targets.Words.ToTensors(l => tensor(l)),
            Prompts = targets.Prompts.ToTensors(l => tensor(l)),
            Grounds = targets.Grounds.ToTensors(l => tensor(l)),
            Claims = targets.Claims.ToTensors(l => tensor(l)),
            Dense = Dense(scenes, grids)?.DetachFromDisposeScope(),
        };
    }

    private Tensor? Patches(QwenImage[] pictures)
    {
        if (pictures.Length == 0)
        {
            return null;
        }

        var values = pictures[0].PixelValues.Length;
        var all = new float[pictures.Length * values];
        for (var i = 0; i < pictures.Length; i++)
        {
            pictures[i].PixelValues.CopyTo(all, i * values);
        }

        return tensor(all, [pictures.Length * pictures[0].Patches, config.Vision.PatchValues]);
    }

    private Tensor? Dense(Scene[] scenes, ImageGrid[] grids)
    {
        if (scenes.Length == 0)
        {
            return null;
        }

        var side = grids[0].Columns / config.Vision.MergeSize;
        return tensor(scenes.SelectMany(s => DenseLabels.Of(s, side)).ToArray(), [scenes.Length * side * side, DenseLabels.Classes.Length]);
    }
}
