using static TorchSharp.torch;

namespace OmniGen2.Sampling;

/// <summary>What the language model makes of a request's prompts, each [1, T, D]. Lives outside scopes until it is disposed.</summary>
internal sealed record PromptFeatures(Tensor Positive, Tensor? Negative) : IDisposable
{
    public void Dispose()
    {
        Positive.Dispose();
        Negative?.Dispose();
    }
}
