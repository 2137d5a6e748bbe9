using OmniGen2.Models.Language;
using OmniGen2.Models.Vision;
using static TorchSharp.torch;

namespace OmniGen2.Training.Language;

// R trees · S tokens of the longest · P patches · U picture tokens

/// <summary>Trees side by side, padded on the right, and what is to be learnt from them.</summary>
internal sealed class LanguageBatch : ITrainingBatch
{
    /// <summary>One for every conversation.</summary>
    public required IReadOnlyList<long> Samples { get; init; }

    /// <summary>[R, S].</summary>
    public required Tensor Ids { get; init; }

    public required IReadOnlyList<TokenPositions> Positions { get; init; }

    /// <summary>[R, 1, S, S], to be added to scores: 0 where a token may look.</summary>
    public required Tensor Mask { get; init; }

    /// <summary>[P, values] of all pictures; null without any.</summary>
    public required Tensor? Patches { get; init; }

    public required IReadOnlyList<ImageGrid> Grids { get; init; }

    /// <summary>[R·S]: rows of the embeddings with the picture tokens laid behind them.</summary>
    public required Tensor Sources { get; init; }

    /// <summary>Next tokens of answers: labels [N].</summary>
    public required TokenTargets Answers { get; init; }

    /// <summary>Next tokens of the user's words: labels [N].</summary>
    public required TokenTargets Words { get; init; }

    /// <summary>Tokens that the picture model reads: labels [N, 1 + fields], their own ids and what was said so far.</summary>
    public required TokenTargets Prompts { get; init; }

    /// <summary>Words about a picture: labels [N, truths].</summary>
    public required TokenTargets Grounds { get; init; }

    /// <summary>Words that claim something of a picture: labels [N], whether it is so.</summary>
    public required TokenTargets Claims { get; init; }

    /// <summary>[U, fields] of <see cref="Shapes.DenseLabels"/>; null without pictures.</summary>
    public required Tensor? Dense { get; init; }

    public void Dispose()
    {
        Ids.Dispose();
        Mask.Dispose();
        Patches?.Dispose();
        Sources.Dispose();
        Dense?.Dispose();
        foreach (var targets in (TokenTargets[])[Answers, Words, Prompts, Grounds, Claims])
        {
            targets.Dispose();
        }
    }
}

/// <summary>Labels of some tokens of a batch.</summary>
/// <param name="Count">N.</param>
/// <param name="Places">[N] into the flattened batch, R·S.</param>
/// <param name="Labels">[N, …].</param>
/// <param name="Weights">[N].</param>
/// <param name="Samples">[N], places in the batch's samples.</param>
internal sealed record TokenTargets(int Count, Tensor Places, Tensor Labels, Tensor Weights, Tensor Samples) : IDisposable
{
    public void Dispose()
    {
        Places.Dispose();
        Labels.Dispose();
        Weights.Dispose();
        Samples.Dispose();
    }
}
