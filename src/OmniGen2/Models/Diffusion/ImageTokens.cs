using static TorchSharp.torch;

namespace OmniGen2.Models.Diffusion;

/// <summary>A reference image as tokens, before the timestep has touched it.</summary>
/// <param name="Tokens">Embedded patches plus the embedding of the image's number, [B, tokens, D].</param>
/// <param name="Grid">Size in tokens.</param>
/// <param name="Rotary">Angles inside the image.</param>
internal sealed record ImageTokens(Tensor Tokens, PatchGrid Grid, Rotary Rotary) : IDisposable
{
    /// <summary>Takes the tensors out of all scopes: they live until <see cref="Dispose"/>.</summary>
    public void Detach()
    {
        Tokens.DetachFromDisposeScope();
        Rotary.Detach();
    }

    public void Dispose()
    {
        Tokens.Dispose();
        Rotary.Dispose();
    }
}
