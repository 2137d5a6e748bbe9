using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Diffusion;

// B batch · S tokens · H heads · E channels of a head

/// <summary>
/// Omni-RoPE: channel pairs of a head turn by angles of the token's three positions. Angles are computed in fp64 for the positions
/// at hand, so there is no table to outgrow. The tables belong to the scope they were made in, until <see cref="Detach"/>.
/// </summary>
internal sealed class Rotary : IDisposable
{
    private const double Theta = 10000;

    private readonly Tensor _cos;        // [S, 1, E], each value twice
    private readonly Tensor _signedSin;  // [S, 1, E], −sin for the even channel of a pair, +sin for the odd one

    /// <summary>Angles for these tokens; the first axis gets the first <paramref name="axes"/>[0] channels, and so on.</summary>
    public Rotary(IEnumerable<TokenPosition> positions, IReadOnlyList<int> axes, Device device)
    {
        Positions = [.. positions];
        var width = axes.Sum();
        var cos = new float[Positions.Count * width];
        var sin = new float[Positions.Count * width];
        var at = 0;
        var frequencies = axes.Select(Frequencies).ToArray();
        foreach (var position in Positions)
        {
            at = Fill(cos, sin, at, position.Sequence, frequencies[0]);
            at = Fill(cos, sin, at, position.Row, frequencies[1]);
            at = Fill(cos, sin, at, position.Column, frequencies[2]);
        }

        _cos = Table(cos, width, device);
        _signedSin = Table(sin, width, device);
    }

    public IReadOnlyList<TokenPosition> Positions { get; }

    /// <summary>Cosine of every pair's angle, [S, E/2].</summary>
    public Tensor Cos => _cos.reshape(Positions.Count, -1, 2).select(-1, 1);

    /// <summary>Sine of every pair's angle, [S, E/2].</summary>
    public Tensor Sin => _signedSin.reshape(Positions.Count, -1, 2).select(-1, 1);

    /// <summary>Turns heads [B, S, H, E] of the last tokens: all of them, or as many as <paramref name="x"/> has.</summary>
    public Tensor Apply(Tensor x)
    {
        using var scope = torch.NewDisposeScope();
        var tokens = x.shape[1];
        var first = Positions.Count - tokens;
        var exact = x.dtype == ScalarType.Float64 ? x : x.to_type(ScalarType.Float32);
        var swapped = exact.unflatten(-1, -1, 2).flip(-1).flatten(-2);   // (a, b) → (b, a)
        var turned = (exact * _cos.narrow(0, first, tokens)) + (swapped * _signedSin.narrow(0, first, tokens));
        return turned.to_type(x.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>Takes the tables out of all scopes: they live until <see cref="Dispose"/>.</summary>
    public void Detach()
    {
        _cos.DetachFromDisposeScope();
        _signedSin.DetachFromDisposeScope();
    }

    public void Dispose()
    {
        _cos.Dispose();
        _signedSin.Dispose();
    }

    private static double[] Frequencies(int channels) =>
        [.. Enumerable.Range(0, channels / 2).Select(k => 1 / Math.Pow(Theta, 2.0 * k / channels))];

    private static int Fill(float[] cos, float[] sin, int at, int position, double[] frequencies)
    {
        foreach (var frequency in frequencies)
        {
            var (s, c) = Math.SinCos(position * frequency);
            (cos[at], cos[at + 1]) = ((float)c, (float)c);
            (sin[at], sin[at + 1]) = ((float)-s, (float)s);
            at += 2;
        }

        return at;
    }

    private static Tensor Table(float[] values, int width, Device device) =>
        torch.tensor(values, [values.Length / width, 1, width], device: device);
}
