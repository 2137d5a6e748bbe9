using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Models.Diffusion;

/// <summary>A stack of modulated blocks: the joint layers, or one of the two refiners of image tokens.</summary>
internal sealed class BlockStack
{
    private readonly TransformerBlock[] _blocks;
    private readonly WeightStream _weights;
    private readonly WeightStream _modulationWeights;

    public BlockStack(WeightScope weights, TransformerConfig config, int count, bool streamed)
    {
        _blocks = [.. Enumerable.Range(0, count).Select(i => new TransformerBlock(weights[i], config))];
        _weights = new WeightStream([.. _blocks.Select(b => b.Weights)], streamed);
        _modulationWeights = new WeightStream([.. _blocks.Select(b => b.ModulationWeights)], streamed);
    }

    public TransformerBlock First => _blocks[0];

    /// <summary>Factors of every block from silu(temb).</summary>
    public IReadOnlyList<BlockModulation> Modulate(Tensor activated)
    {
        var modulations = new BlockModulation[_blocks.Length];
        _modulationWeights.Walk(i => modulations[i] = _blocks[i].Modulate(activated));
        return modulations;
    }

    /// <summary>Takes all passes through a block before the next one, so that streamed weights are read once for all of them.</summary>
    public void Run(IReadOnlyList<TokenPass> passes, Action<string, Tensor>? record = null)
    {
        if (passes.Count == 0)
        {
            return;
        }

        _weights.Walk(i =>
        {
            foreach (var pass in passes)
            {
                var before = pass.Tokens;
                var kept = i == _blocks.Length - 1 ? pass.Kept : before.shape[1];
                pass.Tokens = _blocks[i].Forward(before, pass.Modulation[i], pass.Rotary, kept);
                record?.Invoke($"{pass.Name}_{i}", pass.Tokens);
                if (i > 0)
                {
                    before.Dispose();
                }
            }
        });
    }
}
