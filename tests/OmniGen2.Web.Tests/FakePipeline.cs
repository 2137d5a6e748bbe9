using System.Collections.Concurrent;
using OmniGen2.Imaging;

namespace OmniGen2.Web.Tests;

/// <summary>A model of arithmetic: as exact and repeatable as the real one, in microseconds, and it waits or fails when told to.</summary>
public sealed class FakePipeline : IPipeline
{
    private readonly SemaphoreSlim _allowed = new(0);
    private volatile bool _held;

    public ModelInfo Info { get; init; } = new() { Name = "fake", MinSize = 64, MaxSize = 256, DefaultSize = 128, DefaultSteps = 8, MaxPixels = 256 * 256 };

    /// <summary>Every step that was taken, as "prompt:step"; 0 stands for encoding.</summary>
    public ConcurrentQueue<string> Log { get; } = [];

    /// <summary>What was asked at every step, pixels included.</summary>
    public ConcurrentQueue<GenerationRequest> Requests { get; } = [];

    /// <summary>What goes wrong at a step of a request; null when nothing does.</summary>
    public Func<GenerationRequest, int, Exception?> Fault { get; init; } = (_, _) => null;

    /// <summary>What is answered to a question with a picture, a judge's for one; null: the eight words of any other.</summary>
    public Func<ChatRequest, string?> Answer { get; init; } = _ => null;

    /// <summary>How many pictures were taken a step further together, each time.</summary>
    public ConcurrentQueue<int> Together { get; } = [];

    /// <summary>Whether that goes wrong.</summary>
    public Exception? TogetherFault { get; init; }

    public bool IsDisposed { get; private set; }

    /// <summary>A pipeline whose every step waits for <see cref="Allow"/>.</summary>
    public static FakePipeline Held(Func<ChatRequest, string?>? answer = null) => new() { _held = true, Answer = answer ?? (_ => null) };

    public void Allow(int steps) => _allowed.Release(steps);

    /// <summary>From now on no step waits.</summary>
    public void Open()
    {
        _held = false;
        _allowed.Release(1000);
    }

    public IEnumerable<DenoiseStep> Denoise(GenerationRequest request, DenoiseState? resume = null)
    {
        request.Check(Info);
        if (resume is not null && resume.Fingerprint.Length > 0 && resume.Fingerprint != Fingerprint(request))
        {
            throw new ModelException("The saved state belongs to another request: start the picture again.");
        }

        return Run(request, resume);
    }

    public IReadOnlyList<IEnumerator<DenoiseStep>> Prepare(IReadOnlyList<IEnumerator<DenoiseStep>> runs)
    {
        List<IEnumerator<DenoiseStep>> ready = [.. runs.Where(x => x.Current is { Phase: DenoisePhase.Denoising } step && step.Index < step.Count)];
        if (ready.Count < 2)
        {
            return [];
        }

        Together.Enqueue(ready.Count);
        return TogetherFault is null ? ready : throw TogetherFault;
    }

    public RgbImage Decode(GenerationRequest request, DenoiseState state)
    {
        Take(request, state.Count + 1);
        return Thumbnail.Fit(LatentPreview.Render(state.Latents), Math.Max(request.Width, request.Height), enlarge: true);
    }

    /// <summary>Eight words, each of which depends on the conversation; a conversation that ends with "draw" and more is answered with a picture.</summary>
    public IEnumerable<ChatDelta> Chat(ChatRequest request)
    {
        var asked = new GenerationRequest { Prompt = request.Turns[^1].Text, Seed = request.Seed };
        if (Answer(request) is { } answer)
        {
            Take(asked with { Prompt = "judge" }, 0);
            yield return new ChatDelta.Text(answer);
            yield return new ChatDelta.Finished("stop", 10, 5);
            yield break;
        }

        if (asked.Prompt.StartsWith("draw", StringComparison.Ordinal))
        {
            Take(asked, 1);
            yield return new ChatDelta.ImageRequested();
            throw new InvalidOperationException("Nobody needs more words of an answer that is a picture.");
        }

        for (var word = 1; word <= 8; word++)
        {
            Take(asked, word);
            yield return new ChatDelta.Text($"{asked.Prompt.Length + asked.Seed + word} ");
        }

        yield return new ChatDelta.Finished("stop", request.Turns.Count, 8);
    }

    public void Dispose() => IsDisposed = true;

    private IEnumerable<DenoiseStep> Run(GenerationRequest request, DenoiseState? resume)
    {
        Take(request, 0);
        yield return new DenoiseStep(DenoisePhase.EncodingPrompt, 0, request.Steps);
        var values = resume?.Latents.Values ?? Noise(request);
        for (var step = (resume?.Step ?? 0) + 1; step <= request.Steps; step++)
        {
            Take(request, step);
            var before = values;
            // Sines make each step depend on all before it and on its number, so that a lost or doubled step shows in the picture.
            values = [.. before.Select(x => 0.7f * x + 0.3f * MathF.Sin(5 * x + step))];
            var latents = new LatentImage(16, request.Height / 8, request.Width / 8, values);
            yield return new DenoiseStep(DenoisePhase.Denoising, step, request.Steps)
            {
                Estimate = latents,
                State = new DenoiseState { Step = step, Count = request.Steps, Latents = latents, Fingerprint = Fingerprint(request) },
            };
        }
    }

    private static string Fingerprint(GenerationRequest request) => $"{request.Prompt} {request.Seed} {request.Width} {request.Height} {request.Steps}";

    private static float[] Noise(GenerationRequest request)
    {
        var values = new float[16 * (request.Height / 8) * (request.Width / 8)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = MathF.Sin(i * 12.9898f + request.Seed % 1000);
        }

        return values;
    }

    private void Take(GenerationRequest request, int step)
    {
        if (_held)
        {
            _allowed.Wait();
        }

        Requests.Enqueue(request);
        Log.Enqueue($"{request.Prompt}:{step}");
        if (Fault(request, step) is { } fault)
        {
            throw fault;
        }
    }
}
