namespace OmniGen2;

/// <summary>The model as the studio sees it: requests in; steps, tokens and pictures out. One thread at a time.</summary>
public interface IPipeline : IDisposable
{
    ModelInfo Info { get; }

    /// <summary>Runs a request step by step; the caller previews, pauses or stops by not asking for more.</summary>
    /// <param name="request">What to draw. Checked here: a fault is a <see cref="ModelException"/> before any work.</param>
    /// <param name="resume">State of an earlier run of the same request, perhaps in another process: goes on with its next step.</param>
    IEnumerable<DenoiseStep> Denoise(GenerationRequest request, DenoiseState? resume = null);

    /// <summary>
    /// Computes what the next step of each of these runs needs in one walk over the weights. The steps themselves are taken as ever, by asking each run
    /// for its next one, and lead to the same pixels as alone. Left to themselves are runs that have not come to their first step or have taken
    /// their last, those with a cache, and those that memory has no room for beside the others; nothing here fails for any of them.
    /// </summary>
    /// <param name="runs">Enumerators of <see cref="Denoise"/>.</param>
    /// <returns>Those whose next step has been computed: none, or two and more.</returns>
    IReadOnlyList<IEnumerator<DenoiseStep>> Prepare(IReadOnlyList<IEnumerator<DenoiseStep>> runs) => [];

    /// <summary>Decodes the latents of a state to the size the request asked for.</summary>
    RgbImage Decode(GenerationRequest request, DenoiseState state);

    /// <summary>Answers a conversation, text as it is decoded.</summary>
    IEnumerable<ChatDelta> Chat(ChatRequest request);
}
