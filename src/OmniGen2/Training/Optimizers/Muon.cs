using static TorchSharp.torch;

namespace OmniGen2.Training.Optimizers;

// N matrices of one shape · R rows · C columns

/// <summary>
/// Momentum whose step is made nearly orthogonal, so that every direction of a weight matrix moves equally fast. Steps are as large as
/// Adam's (0.2 · √max(rows, columns) times an orthogonal matrix), hence one learning rate serves both. Convolutions count as out × (in · kernel²).
/// </summary>
/// <param name="groups">Matrices only.</param>
/// <param name="momentum">Share of the past that stays.</param>
/// <param name="precision">Of the iteration; its result need not be exact.</param>
public sealed class Muon(IReadOnlyList<ParameterGroup> groups, double momentum = 0.95, ScalarType precision = ScalarType.BFloat16) : Optimizer(groups)
{
    private const int Iterations = 5;

    // Equal shapes go through one product, as many as this many elements hold.
    private const long StackElements = 1 << 24;

    // An odd polynomial that lifts all singular values into about 0.7 … 1.2 within five rounds.
    private static readonly (double A, double B, double C) Polynomial = (3.4445, -4.775, 2.0315);

    /// <summary>The orthogonal matrix nearest to each, roughly: singular values become about 1.</summary>
    /// <param name="matrices">[N, R, C].</param>
    /// <param name="precision">Of the products.</param>
    public static Tensor Orthogonalize(Tensor matrices, ScalarType precision)
    {
        using var scope = NewDisposeScope();
        var isTall = matrices.shape[1] > matrices.shape[2];
        var x = isTall ? matrices.transpose(1, 2) : matrices;
        x = (x / (x.square().sum([1, 2], keepdim: true).sqrt() + 1e-7)).to(precision);
        var (a, b, c) = Polynomial;
        for (var i = 0; i < Iterations; i++)
        {
            var gram = x.bmm(x.transpose(1, 2));                       // [N, R, R]
            x = (x * a) + ((gram * b) + (gram.bmm(gram) * c)).bmm(x);
        }

        return (isTall ? x.transpose(1, 2) : x).to(matrices.dtype).MoveToOuterDisposeScope();
    }

    protected override void Update(ParameterGroup group, IReadOnlyList<MovedParameter> moved, double learningRate)
    {
        foreach (var alike in moved.GroupBy(m => Shape(m)))
        {
            var (rows, columns) = alike.Key;
            foreach (var some in alike.Chunk((int)Math.Max(1, StackElements / (rows * columns))))
            {
                Move(some, rows, columns, learningRate, 1 - (learningRate * group.WeightDecay));
            }
        }
    }

    private void Move(MovedParameter[] some, long rows, long columns, double learningRate, double kept)
    {
        using var scope = NewDisposeScope();
        var steps = Orthogonalize(stack(some.Select(m => Smooth(m).reshape(rows, columns))), precision);   // [N, R, C]
        var size = 0.2 * Math.Sqrt(Math.Max(rows, columns));
        for (var i = 0; i < some.Length; i++)
        {
            var parameter = some[i].Parameter;
            parameter.mul_(kept).add_(steps[i].reshape(parameter.shape), -learningRate * size);
        }
    }

    // Nesterov: looks one step of momentum ahead.
    private Tensor Smooth(MovedParameter moved)
    {
        var past = Remember($"{moved.Name}.momentum", () => zeros_like(moved.Parameter));
        past.mul_(momentum).add_(moved.Gradient);
        return moved.Gradient.add(past, momentum);
    }

    private static (long Rows, long Columns) Shape(MovedParameter moved)
    {
        var shape = moved.Parameter.shape;
        return shape.Length >= 2
            ? (shape[0], shape.Skip(1).Aggregate(1L, (a, b) => a * b))
            : throw new ArgumentException($"Muon moves matrices, but '{moved.Name}' is [{string.Join(", ", shape)}]: give it to AdamW.");
    }
}
