using OmniGen2.Caching;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Diffusion;

/// <summary>One branch in one step: foretold by its cache, or taken through the joint layers.</summary>
internal sealed class BranchRun(SessionBranch branch, Lazy<Tensor> noise, Lazy<IReadOnlyList<Tensor>> references)
{
    private Tensor? _joint;
    private TokenPass? _pass;

    /// <summary>Noise tokens behind the last layer, [1, N, D].</summary>
    public Tensor? Result { get; private set; }

    // Text, references, noise, without gaps. [1, S, D]
    private Tensor Joint => _joint ??= torch.cat([branch.Context, .. branch.SeesReferences ? references.Value : [], noise.Value], 1);

    public void Foretell(StepPlace place, Func<Tensor, Tensor> modulate) =>
        Result = branch.Cache?.Foretell(place, () => new JointInput(modulate(Joint), noise.Value));

    public TokenPass Start(Modulation modulation) => _pass = new TokenPass("joint_layer", Joint, branch.Rotary, modulation.Layers) { Kept = noise.Value.shape[1] };

    public void Finish()
    {
        Result = _pass!.Tokens;
        branch.Cache?.Store(noise.Value, Result);
    }
}
