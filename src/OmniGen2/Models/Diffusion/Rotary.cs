using OmniGen2.Models.Layers;
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

    /// <summary>Angles for these tokens; the first axis gets the first <paramref name="axes"/>[0] channels, and so on.</summary>
    public Rotary(IEnumerable<TokenPosition> positions, IReadOnlyList<int> axes, Device device)
    {
        Positions = [.. positions];
        var width = axes.Sum();
        var cos = new float[Positions.Count * width / 2];
        var sin = new float[Positions.Count * width / 2];
        var at = 0;
        var frequencies = axes.Select(Frequencies).ToArray();
        foreach (var position in Positions)
        {
            at = Fill(cos, sin, at, position.Sequence, frequencies[0]);
            at = Fill(cos, sin, at, position.Row, frequencies[1]);
            at = Fill(cos, sin, at, position.Column, frequencies[2]);
        }

        Cos = torch.tensor(cos, [Positions.Count, width / 2], device: device);
        Sin = torch.tensor(sin, [Positions.Count, width / 2], device: device);
    }

    public IReadOnlyList<TokenPosition> Positions { get; }

    /// <summary>Cosine of every pair's angle, [S, E/2].</summary>
    public Tensor Cos { get; }

    /// <summary>Sine of every pair's angle, [S, E/2].</summary>
    public Tensor Sin { get; }

    /// <summary>Turns heads [B, H, S, E] of the last tokens, all of them or as many as <paramref name="heads"/> has; after a norm where one is given.</summary>
    public Tensor Turn(Tensor heads, RmsNorm? norm = null)
    {
        using var scope = torch.NewDisposeScope();
        var tokens = heads.shape[2];
        var (cos, sin) = (Cos.narrow(0, Positions.Count - tokens, tokens), Sin.narrow(0, Positions.Count - tokens, tokens));
        return Accelerator.Turn(heads, cos, sin, halves: false, norm?.Weight, norm?.Eps ?? 0).MoveToOuterDisposeScope();
    }

    /// <summary>Takes the tables out of all scopes: they live until <see cref="Dispose"/>.</summary>
    public void Detach()
    {
        Cos.DetachFromDisposeScope();
        Sin.DetachFromDisposeScope();
    }

    public void Dispose()
    {
        Cos.Dispose();
        Sin.Dispose();
    }

    private static double[] Frequencies(int channels) =>
        [.. Enumerable.Range(0, channels / 2).Select(k => 1 / Math.Pow(Theta, 2.0 * k / channels))];

    private static int Fill(float[] cos, float[] sin, int at, int position, double[] frequencies)
    {
        foreach (var frequency in frequencies)
        {
            var (s, c) = Math.SinCos(position * frequency);
            (cos[at], sin[at]) = ((float)c, (float)s);
            at++;
        }

        return at;
    }
}
