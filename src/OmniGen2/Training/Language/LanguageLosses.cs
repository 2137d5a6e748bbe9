using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace OmniGen2.Training.Language;

// N tokens · B samples · U picture tokens

/// <summary>The losses of a batch, each a mean over its tokens.</summary>
internal sealed class LanguageLosses(LanguageNetwork network, LanguageWeights weights)
{
    /// <summary>Of every sample, [B], in the current scope; their mean is the weighted sum of all losses.</summary>
    public Tensor Samples(LanguageBatch batch)
    {
        var (last, middle, late, pictures) = network.Forward(batch);
        var losses = zeros([batch.Samples.Count], dtype: ScalarType.Float32, device: last.device);
        losses = Add(losses, batch.Answers, weights.Answer, t => NextToken(last, t));
        losses = Add(losses, batch.Words, weights.Words, t => NextToken(last, t));
        losses = Add(losses, batch.Prompts, weights.Echo, t => Echo(At(last, t), t));
        losses = Add(losses, batch.Prompts, weights.Parse, t => Parse(At(last, t), t));
        losses = Add(losses, batch.Grounds, weights.Ground, t => Ground(At(middle, t), t));
        losses = Add(losses, batch.Claims, weights.Claim, t => Claim(At(late, t), t));
        return pictures is null || weights.Dense == 0 ? losses : losses + (Dense(pictures, batch.Dense!) * weights.Dense);
    }

    public static Tensor At(Tensor hidden, TokenTargets targets) => hidden.index_select(0, targets.Places);    // [N, D]

    /// <summary>[N].</summary>
    public Tensor NextToken(Tensor last, TokenTargets targets) =>
        cross_entropy(network.Model.Language.Logits(At(last, targets)), targets.Labels, reduction: nn.Reduction.None);

    /// <summary>[N].</summary>
    public Tensor Echo(Tensor hidden, TokenTargets targets) =>
        cross_entropy(network.Heads.Echo(hidden), targets.Labels.select(1, 0), reduction: nn.Reduction.None);

    /// <summary>[N], all fields together.</summary>
    public Tensor Parse(Tensor hidden, TokenTargets targets) =>
        LabelFields.CrossEntropies(network.Heads.Parse(hidden), targets.Labels.narrow(1, 1, PhraseState.Classes.Length), PhraseState.Classes).sum(1);

    /// <summary>[N], all truths together.</summary>
    public Tensor Ground(Tensor hidden, TokenTargets targets) =>
        binary_cross_entropy_with_logits(network.Heads.Ground(hidden), targets.Labels, reduction: nn.Reduction.None).sum(1);

    /// <summary>[N].</summary>
    public Tensor Claim(Tensor hidden, TokenTargets targets) =>
        binary_cross_entropy_with_logits(network.Heads.Claim(hidden), targets.Labels, reduction: nn.Reduction.None);

    /// <summary>A number, means over the tokens.</summary>
    private Tensor Dense(Tensor pictures, Tensor labels) =>
        LabelFields.Dense(network.Heads.Dense(pictures).unsqueeze(0), labels.unsqueeze(0), weights.Foreground).sum();

    // A token's part is counted for its sample; the mean over samples is the weighted mean over tokens.
    private static Tensor Add(Tensor losses, TokenTargets targets, double weight, Func<TokenTargets, Tensor> lossesOf)
    {
        if (weight == 0 || targets.Count == 0)
        {
            return losses;
        }

        var parts = lossesOf(targets) * targets.Weights * (weight * losses.shape[0] / targets.Weights.sum());
        return losses.index_add(0, targets.Samples, parts, 1);
    }
}
