using OmniGen2.Training.Shapes;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace OmniGen2.Training;

// B samples · N tokens · F fields · C classes

/// <summary>Losses of heads that say several things of a token at once; the logits of all fields lie side by side.</summary>
internal static class LabelFields
{
    /// <summary>The logits of every field, [N, C].</summary>
    public static Tensor[] Split(Tensor logits, int[] classes) => logits.split([.. classes.Select(c => (long)c)], -1);

    /// <summary>Cross-entropies [N, F].</summary>
    /// <param name="logits">[N, all classes].</param>
    /// <param name="labels">[N, F].</param>
    /// <param name="classes">Of every field.</param>
    public static Tensor CrossEntropies(Tensor logits, Tensor labels, int[] classes) =>
        stack(Split(logits, classes).Select((field, i) => cross_entropy(field, labels.select(1, i), reduction: nn.Reduction.None)), 1);

    /// <summary>What the tokens of pictures show, [B]: means over the tokens, those on objects counting more for what belongs to an object.</summary>
    /// <param name="logits">[B, N, all classes of <see cref="DenseLabels"/>].</param>
    /// <param name="labels">[B, N, F].</param>
    /// <param name="foreground">How often a token on an object counts.</param>
    public static Tensor Dense(Tensor logits, Tensor labels, double foreground)
    {
        var (samples, tokens, ofObjects) = (labels.shape[0], labels.shape[1], DenseLabels.Classes.Length - 1);
        var fields = CrossEntropies(logits.flatten(0, 1), labels.flatten(0, 1), DenseLabels.Classes);     // [B·N, F]
        var objects = fields.narrow(1, 0, ofObjects).sum(1).view(samples, tokens);
        var isObject = labels.select(2, 0).ne(0).to_type(ScalarType.Float32);
        var share = 1 + (isObject * (foreground - 1));                                                     // [B, N]
        var backgrounds = fields.select(1, ofObjects).view(samples, tokens);
        return ((objects * share).sum(1) / share.sum(1)) + backgrounds.mean([1]);
    }
}
