using OmniGen2.Cli.Shell;
using OmniGen2.Imaging;

namespace OmniGen2.Cli.Generation;

/// <summary>Draws one picture with progress, stops between two steps, and writes it with everything that made it.</summary>
internal sealed class Drawing(OmniGen2Pipeline pipeline, Terminal terminal, ProgressLine progress)
{
    public DenoiseState Run(GenerationRequest request, ParityOptions parity)
    {
        if (terminal.IsWatched)
        {
            terminal.Error.WriteLine(pipeline.Advise(request));
        }

        DenoiseState? last = null;
        foreach (var step in pipeline.Denoise(request, parity))
        {
            terminal.Stop.ThrowIfCancellationRequested();
            Show(step);
            if (step.Notice is { } notice)
            {
                terminal.Error.WriteLine(notice);
            }

            last = step.State ?? last;
        }

        return last!;
    }

    /// <summary>Decodes and writes; the picture is there whole or not at all.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="request">What was drawn.</param>
    /// <param name="state">After the last step.</param>
    /// <param name="references">SHA-256 of the reference files.</param>
    public void Save(string path, GenerationRequest request, DenoiseState state, IReadOnlyList<string> references)
    {
        progress.Begin("Decoding");
        var image = pipeline.Decode(request, state);
        terminal.Stop.ThrowIfCancellationRequested();
        var metadata = new GenerationMetadata
        {
            Request = request,
            Model = pipeline.Info.Name,
            Software = "OmniGen2.Cli",
            References = references,
            Width = image.Width,
            Height = image.Height,
            StepsDone = state.Step,
            Created = terminal.Clock.GetUtcNow(),
        };
        WholeFile.Write(path, ImageFile.EncodePng(image, metadata.ToPngTexts()));
        progress.End();
        terminal.Output.WriteLine(path);
    }

    private void Show(DenoiseStep step)
    {
        switch (step.Phase)
        {
            case DenoisePhase.EncodingPrompt:
                progress.Begin("Reading the prompt");
                break;
            case DenoisePhase.EncodingReferences:
                progress.Begin("Reading the references");
                break;
            default:
                ShowStep(step);
                break;
        }
    }

    // The pipeline speaks up after its first step.
    private void ShowStep(DenoiseStep step)
    {
        if (step.Index == 1)
        {
            progress.Begin("Drawing", step.Count, before: 1);
        }
        else
        {
            progress.Advance(step.Index);
        }
    }
}
