using OmniGen2.Models.Diffusion;
using OmniGen2.Models.Layers;
using OmniGen2.Training.Shapes;
using OmniGen2.Weights;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace OmniGen2.Training.Diffusion;

// B samples · N tokens of a picture · S all tokens · D width · F fields of DenseLabels

/// <summary>
/// What is trained along to teach the transformer to understand before it paints, and is not exported: late in the layers every noise token tells what
/// the finished picture shows at its place, and half way every token of a reference tells what it shows and whether the edit changes it.
/// The heads start at zero, so that at first they only learn and do not teach.
/// </summary>
internal sealed class SceneHeads
{
    /// <summary>How often a token on an object counts.</summary>
    private const double Foreground = 3;

    private readonly Linear _target;
    private readonly Linear _reference;
    private readonly Linear _change;
    private readonly string _late;
    private readonly string _middle;

    /// <param name="weights">Where the heads come from.</param>
    /// <param name="config">Of the transformer.</param>
    public SceneHeads(WeightScope weights, TransformerConfig config)
    {
        long classes = DenseLabels.Classes.Sum();
        _target = weights["target"].Linear(config.HiddenSize, classes, init: Init.Zeros);
        _reference = weights["reference"].Linear(config.HiddenSize, classes, init: Init.Zeros);
        _change = weights["change"].Linear(config.HiddenSize, 1, init: Init.Zeros);

        // Late enough to have read prompt and references, early enough for the layers behind to paint what was decided. The last layer has no references.
        _late = Layer(Math.Max(0, (config.NumLayers * 2 / 3) - 1));
        _middle = config.NumLayers == 1 ? "joint_input" : Layer((config.NumLayers / 2) - 1);

        static string Layer(int index) => $"joint_layer_{index}";
    }

    /// <summary>Whether a parameter is a head, which no checkpoint has.</summary>
    public static bool IsHead(string name) => name.StartsWith("heads.", StringComparison.Ordinal);

    /// <summary>The velocity [B, C, h, w] and the heads' losses, [B].</summary>
    public (Tensor Velocity, Tensor Loss) Forward(OmniGen2Transformer model, DiffusionBatch batch, SceneLabels labels)
    {
        Tensor? late = null;
        Tensor? middle = null;
        var text = batch.Text.expand(batch.Point.X.shape[0], -1, -1);
        var velocity = model.Watch(batch.Point.X, batch.Point.T, text, batch.References, Keep);
        var noise = late!.narrow(1, late.shape[1] - labels.Tokens, labels.Tokens);
        var loss = LabelFields.Dense(Wide(_target.Forward(noise)), labels.Target.to(model.Device), Foreground);
        if (labels.References.Count > 0)
        {
            loss += References(middle!.narrow(1, text.shape[1], labels.References.Count * labels.Tokens), labels);
        }

        late.Dispose();
        middle!.Dispose();
        return (velocity, loss);

        void Keep(string name, Tensor tokens)
        {
            // The layers let go of it, but not of what it is made of.
            if (name == _late)
            {
                late = tokens.alias().DetachFromDisposeScope();
            }

            if (name == _middle)
            {
                middle = tokens.alias().DetachFromDisposeScope();
            }
        }
    }

    /// <summary>[B].</summary>
    /// <param name="tokens">Of all references, one after the other, [B, references · N, D].</param>
    /// <param name="labels">Of the batch.</param>
    private Tensor References(Tensor tokens, SceneLabels labels)
    {
        var truth = cat([.. labels.References], 1).to(tokens.device);
        var loss = LabelFields.Dense(Wide(_reference.Forward(tokens)), truth, Foreground);
        if (labels.References.Count != 1)
        {
            return loss;
        }

        var changed = (truth != labels.Target.to(tokens.device)).any(2).to_type(ScalarType.Float32);       // [B, N]
        var said = Wide(_change.Forward(tokens)).squeeze(-1);
        return loss + binary_cross_entropy_with_logits(said, changed, reduction: nn.Reduction.None).mean([1]);
    }

    // Losses are summed in fp32 whatever the products were computed in.
    private static Tensor Wide(Tensor logits) => logits.to_type(ScalarType.Float32);
}
