using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Diffusion;

/// <summary>One recorded run of the original's transformer: the inputs of its samples, unpadded, and what came out on the way.</summary>
internal sealed class GoldenCase(string path)
{
    private readonly GoldenTensors _file = GoldenTensors.Open(path);

    public int Samples => Enumerable.Range(0, int.MaxValue).TakeWhile(b => _file.Has($"input.s{b}.latent")).Count();

    public IEnumerable<string> Outputs => _file.Names.Where(n => n.StartsWith("out.", StringComparison.Ordinal));

    public GoldenTensors File => _file;

    public Tensor Latent(int sample = 0) => Read($"input.s{sample}.latent").unsqueeze(0);

    public Tensor Timestep(int sample = 0) => Read("input.timestep").narrow(0, sample, 1);

    /// <summary>Valid tokens only: behind them lies garbage on purpose.</summary>
    public Tensor Text(int sample = 0)
    {
        var width = _file.Shape("input.text_mask")[1];
        var valid = _file.Longs("input.text_mask").Skip((int)(sample * width)).Take((int)width).Sum();
        return Read("input.text").narrow(0, sample, 1).narrow(1, 0, valid);
    }

    public IReadOnlyList<Tensor> References(int sample = 0) =>
        [.. Enumerable.Range(0, 6).TakeWhile(j => _file.Has($"input.s{sample}.ref{j}.latent")).Select(j => Read($"input.s{sample}.ref{j}.latent").unsqueeze(0))];

    public Tensor Read(string name) => torch.tensor(_file.Floats(name), _file.Shape(name));
}
