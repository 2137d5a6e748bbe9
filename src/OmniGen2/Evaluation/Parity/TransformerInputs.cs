using OmniGen2.Models.Diffusion;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Evaluation.Parity;

// b sample · j reference

/// <summary>What goes into the transformer, under the names of the recorded files: input.s{b}.latent, input.s{b}.ref{j}.latent, input.timestep, input.text and perhaps input.text_mask.</summary>
/// <param name="has">Whether there is a tensor of this name.</param>
/// <param name="read">The tensor of a name, fp32 or whole numbers, in the current scope.</param>
public sealed class TransformerInputs(Func<string, bool> has, Func<string, Tensor> read)
{
    /// <summary>How many samples there are; each is run for itself, without padding.</summary>
    public int Count { get; } = Enumerable.Range(0, int.MaxValue).TakeWhile(b => has($"input.s{b}.latent")).Count();

    /// <summary>The inputs of a file, read into the current scope; a <see cref="ModelException"/> names what it lacks.</summary>
    public static TransformerInputs Of(SafetensorsFile file, Device device)
    {
        string[] needed = ["input.s0.latent", "input.timestep", "input.text"];
        return needed.FirstOrDefault(n => !file.Names.Contains(n)) is { } missing
            ? throw new ModelException($"{file.Path} has {file.Names.Count} tensors and none called '{missing}': name the inputs {string.Join(", ", needed)} and, for references, input.s0.ref0.latent.")
            : Of(file.Names.Where(n => n.StartsWith("input.", StringComparison.Ordinal)).ToDictionary(n => n, n => Widen(file.Tensor(n)).to(device)));
    }

    /// <summary>The velocities that the model makes of a sample, [1, C, h, w], all inputs in the given type.</summary>
    public Tensor Forward(OmniGen2Transformer model, int sample, ScalarType type) =>
        model.Forward(Latent(sample), Timestep(sample).to(type), Text(sample), References(sample));

    /// <summary>[1, C, h, w].</summary>
    public Tensor Latent(int sample) => read($"input.s{sample}.latent").unsqueeze(0);

    /// <summary>[1].</summary>
    public Tensor Timestep(int sample) => read("input.timestep").narrow(0, sample, 1);

    /// <summary>[1, T, features]; valid tokens only, for behind them may lie anything.</summary>
    public Tensor Text(int sample)
    {
        var text = read("input.text").narrow(0, sample, 1);
        if (!has("input.text_mask"))
        {
            return text;
        }

        var mask = read("input.text_mask").narrow(0, sample, 1).flatten().to_type(ScalarType.Int64).cpu().data<long>().ToArray();
        var valid = Enumerable.Range(0, mask.Length).Where(i => mask[i] != 0).Select(i => (long)i).ToArray();
        return text.index_select(1, tensor(valid, device: text.device));
    }

    /// <summary>Each [1, C, h, w].</summary>
    public IReadOnlyList<Tensor> References(int sample) =>
        [.. Enumerable.Range(0, OmniGen2Transformer.MaxReferences).Select(j => $"input.s{sample}.ref{j}.latent").TakeWhile(has).Select(n => read(n).unsqueeze(0))];

    private static TransformerInputs Of(Dictionary<string, Tensor> tensors) => new(tensors.ContainsKey, name => tensors[name]);

    private static Tensor Widen(Tensor stored) => stored.is_floating_point() ? stored.to_type(ScalarType.Float32) : stored;
}
