using OmniGen2.Models.Diffusion;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Caching;

/// <summary>TaylorSeer as its authors wrote it: every layer keeps the series of its whole output and on a step between is replaced by it.</summary>
internal sealed class EveryLayerSeries(OmniGen2Transformer model, VelocityPlan plan)
{
    private readonly Dictionary<string, List<Tensor>> _series = [];
    private int _last;
    private int _distance;

    public Tensor Velocity(int step, Tensor latents)
    {
        var modulation = model.Modulate(torch.tensor([.. plan.Times])).At(step);
        var grid = PatchGrid.FromLatent(plan.Height, plan.Width, model.Config.PatchSize);
        var isComputed = step < 5 || (step - 4) % 3 == 0;
        if (isComputed)
        {
            (_distance, _last) = (step - _last, step);
            Compute(step, latents, grid, modulation);
        }

        var layers = _series.Keys.Select(name => isComputed ? _series[name][0] : Sum(_series[name], step - _last)).ToList();
        return model.Project(layers[^1], grid, modulation);
    }

    private static Tensor Sum(List<Tensor> factors, int x)
    {
        var sum = factors[0];
        var factorial = 1.0;
        for (var i = 1; i < factors.Count; i++)
        {
            factorial *= i;
            sum = sum + (factors[i] * (Math.Pow(x, i) / factorial));
        }

        return sum;
    }

    private void Compute(int step, Tensor latents, PatchGrid grid, Modulation modulation)
    {
        var context = model.EncodeText(plan.Branches[0].Text);
        var images = plan.References.Select((r, j) => model.EmbedReference(r, j)).ToList();
        var rotary = model.JointRotary(context, images.Select(i => i.Grid), grid);
        var noise = model.NoisePass(latents, model.ImageRotary(grid), modulation);
        var references = OmniGen2Transformer.ReferencePasses(images, modulation);
        model.RefineNoise([noise]);
        model.RefineReferences(references);
        var joint = torch.cat([context, .. references.Select(p => p.Tokens), noise.Tokens], 1);
        model.RunLayers([new TokenPass("layer", joint, rotary, modulation.Layers) { Kept = grid.Count }], (name, output) => Learn(step, name, output.clone()));
    }

    private void Learn(int step, string layer, Tensor output)
    {
        var old = _series.GetValueOrDefault(layer, []);
        var factors = new List<Tensor> { output };
        for (var i = 0; i < 4 && i < old.Count && step > 3; i++)
        {
            factors.Add((factors[i] - old[i]) / _distance);
        }

        _series[layer] = factors;
    }
}
