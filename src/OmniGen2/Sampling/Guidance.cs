using static TorchSharp.torch;

namespace OmniGen2.Sampling;

/// <summary>Which branches a step needs, and what becomes of them. The scales act only where the step's fraction i / N lies in the request's range.</summary>
internal sealed class Guidance(GenerationRequest request, int steps)
{
    private static readonly string[] One = [Branch.Conditional];
    private static readonly string[] Two = [Branch.Conditional, Branch.Unconditional];
    private static readonly string[] Three = [Branch.Conditional, Branch.References, Branch.Unconditional];

    private readonly double _textScale = request.TextGuidance;
    private readonly double _imageScale = request.Images.Count == 0 ? 1 : request.ImageGuidance;

    /// <summary>All branches that some step needs.</summary>
    public IReadOnlyList<string> AllBranches => Enumerable.Range(0, steps).Select(Branches).MaxBy(b => b.Count)!;

    public IReadOnlyList<string> Branches(int step)
    {
        var fraction = (double)step / steps;
        if (_textScale <= 1 || fraction < request.CfgStart || fraction > request.CfgEnd)
        {
            return One;
        }

        return _imageScale > 1 ? Three : Two;
    }

    /// <summary>Weighs what <see cref="Branches"/> named, in its order.</summary>
    public Tensor Combine(IReadOnlyList<Tensor> velocities)
    {
        using var scope = NewDisposeScope();
        var v = velocities switch
        {
            [var conditional] => conditional.clone(),
            [var conditional, var unconditional] => unconditional + ((conditional - unconditional) * _textScale),
            [var conditional, var references, var unconditional] =>
                unconditional + ((references - unconditional) * _imageScale) + ((conditional - references) * _textScale),
            _ => throw new ArgumentException($"{velocities.Count} velocities cannot be weighed.", nameof(velocities)),
        };
        return v.MoveToOuterDisposeScope();
    }
}
