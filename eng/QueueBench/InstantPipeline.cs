namespace OmniGen2.QueueBench;

/// <summary>A model that does nothing, in the shapes of the real one.</summary>
internal sealed class InstantPipeline(ModelInfo info) : IPipeline
{
    private const int Channels = 16;
    private const int Compression = 8;

    public ModelInfo Info => info;

    public IEnumerable<DenoiseStep> Denoise(GenerationRequest request, DenoiseState? resume = null)
    {
        var (height, width) = (request.Height / Compression, request.Width / Compression);
        var latents = new LatentImage(Channels, height, width, new float[Channels * height * width]);
        for (var step = (resume?.Step ?? 0) + 1; step <= request.Steps; step++)
        {
            yield return new DenoiseStep(DenoisePhase.Denoising, step, request.Steps)
            {
                Estimate = latents,
                State = new DenoiseState { Step = step, Count = request.Steps, Latents = latents, Fingerprint = "" },
            };
        }
    }

    public RgbImage Decode(GenerationRequest request, DenoiseState state) => new(request.Width, request.Height);

    public IEnumerable<ChatDelta> Chat(ChatRequest request) => [];

    public void Dispose()
    {
        // There is nothing to let go of.
    }
}
