using OmniGen2.Models.Layers;
using OmniGen2.Training.Shapes;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Training.Language;

/// <summary>What is trained along to teach the model to see and to keep what it read, and is not exported. They start at zero, so that at first they only learn and do not teach.</summary>
internal sealed class LanguageHeads(WeightScope weights, int width, long vocabulary)
{
    private readonly Linear _dense = Head(weights["dense"], width, DenseLabels.Classes.Sum());
    private readonly Linear _echo = Head(weights["echo"], width, vocabulary);
    private readonly Linear _parse = Head(weights["parse"], width, PhraseState.Classes.Sum());
    private readonly Linear _ground = Head(weights["ground"], width, Grounding.Truths);

    private readonly Linear _claim = Head(weights["claim"], width, 1);

    /// <summary>Tokens of pictures [U, D] to the classes of <see cref="DenseLabels"/>, side by side.</summary>
    public Tensor Dense(Tensor tokens) => Wide(_dense.Forward(tokens));

    /// <summary>Last hidden states [N, D] to the vocabulary.</summary>
    public Tensor Echo(Tensor hidden) => Wide(_echo.Forward(hidden));

    /// <summary>Last hidden states [N, D] to the classes of <see cref="PhraseState"/>, side by side.</summary>
    public Tensor Parse(Tensor hidden) => Wide(_parse.Forward(hidden));

    /// <summary>Hidden states in the middle of the layers [N, D] to <see cref="Grounding"/>.</summary>
    public Tensor Ground(Tensor hidden) => Wide(_ground.Forward(hidden));

    /// <summary>Hidden states late in the layers [N, D] to whether what was said is so, [N].</summary>
    public Tensor Claim(Tensor hidden) => Wide(_claim.Forward(hidden)).squeeze(-1);

    private static Linear Head(WeightScope weights, long from, long to) => weights.Linear(from, to, init: Init.Zeros);

    // Losses are summed in fp32 whatever the products were computed in.
    private static Tensor Wide(Tensor logits) => logits.dtype == ScalarType.Float64 ? logits : logits.to_type(ScalarType.Float32);
}
