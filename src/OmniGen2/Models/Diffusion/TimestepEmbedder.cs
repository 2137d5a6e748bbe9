using OmniGen2.Models.Layers;
using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace OmniGen2.Models.Diffusion;

/// <summary>Timestep 0 (noise) … 1 (image) → conditioning vector.</summary>
internal sealed class TimestepEmbedder
{
    private static readonly float[] Frequencies = MakeFrequencies();

    private readonly double _scale;
    private readonly ScalarType _dtype;
    private readonly Linear _in;
    private readonly Linear _out;

    public TimestepEmbedder(WeightScope weights, TransformerConfig config)
    {
        _scale = config.TimestepScale;
        _dtype = weights.DType;
        _in = weights["linear_1"].Linear(2 * Frequencies.Length, config.ConditioningSize, init: Init.Normal(0.02));
        _out = weights["linear_2"].Linear(config.ConditioningSize, config.ConditioningSize, init: Init.Normal(0.02));
    }

    /// <summary>[B] → [B, C].</summary>
    public Tensor Forward(Tensor t, Action<string, Tensor>? record)
    {
        using var scope = torch.NewDisposeScope();
        var sinusoid = Sinusoid(t, _scale).to_type(_dtype);
        record?.Invoke("time_proj", sinusoid);
        var temb = _out.Forward(silu(_in.Forward(sinusoid)));
        record?.Invoke("temb", temb);
        return temb.MoveToOuterDisposeScope();
    }

    // In fp32 and in this order: any other moves the angles by up to 6e-5 near t = 1.
    private static Tensor Sinusoid(Tensor t, double scale)
    {
        var frequencies = torch.tensor(Frequencies, [Frequencies.Length], device: t.device);      // [128]
        var angles = t.to_type(ScalarType.Float32).unsqueeze(-1) * frequencies * scale;           // [B, 128]
        return torch.cat([angles.cos(), angles.sin()], -1);                                       // [B, 256]
    }

    // exp(−ln(10000) · i / 128), each step rounded to fp32. The original's exp rounds correctly but once: number 12 lies 0.479 of its
    // last digit above the fp32 number below it and still becomes the one above. A thousandfold angle shows the difference, so it is
    // taken over; libtorch's own fp32 exp differs from build to build.
    private static float[] MakeFrequencies()
    {
        var step = -(float)Math.Log(10000);
        var frequencies = Enumerable.Range(0, 128).Select(i => (float)Math.Exp(i * step / 128)).ToArray();
        frequencies[12] = MathF.BitIncrement(frequencies[12]);
        return frequencies;
    }
}
