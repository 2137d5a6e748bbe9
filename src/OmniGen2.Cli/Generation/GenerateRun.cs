using OmniGen2.Cli.Shell;
using TorchSharp;

namespace OmniGen2.Cli.Generation;

/// <summary>Everything that `generate` does, in order: what can fail early fails before the model is loaded.</summary>
internal sealed class GenerateRun(GenerateArguments arguments, Terminal terminal)
{
    public int Run()
    {
        CheckPlaces();
        ReferencePicture[] references = [.. arguments.Images.Select(ReferencePicture.Open)];
        var injected = arguments.Latents is { } latents ? InjectedTensors.Read(latents) : null;
        using var progress = new ProgressLine(terminal, arguments.IsQuiet);
        using var pipeline = ModelLoader.Load(arguments.Model, arguments.Precision, progress, arguments.Residency, arguments.Weights, arguments.Graphs);
        var request = arguments.ToRequest(pipeline.Info, [.. references.Select(r => r.Image)], injected);
        request.Check(pipeline.Info);
        injected?.Check(request, arguments);
        Draw(pipeline, request, injected, [.. references.Select(r => r.Sha256)], progress);
        return ExitCode.Done;
    }

    private void Draw(OmniGen2Pipeline pipeline, GenerationRequest request, InjectedTensors? injected, IReadOnlyList<string> references, ProgressLine progress)
    {
        using var dump = arguments.Dump is null ? null : new RunDump();
        Action<string, torch.Tensor>? record = dump is null ? null : dump.Record;
        var drawing = new Drawing(pipeline, terminal, progress);
        for (var i = 0; i < arguments.Count; i++)
        {
            terminal.Stop.ThrowIfCancellationRequested();
            progress.Task = arguments.Count == 1 ? "" : $"Picture {i + 1}/{arguments.Count}";
            var picture = request with { BatchIndex = i };
            var state = drawing.Run(picture, injected?.For(i, record) ?? new ParityOptions { Record = record });
            dump?.AddDecoded(pipeline.DecodePixels(state.Latents));
            drawing.Save(arguments.OutOf(i), picture, state, references);
        }

        dump?.Save(arguments.Dump!);
    }

    private void CheckPlaces()
    {
        WholeFile.CheckPlace("--out", arguments.Out, ".png");
        if (arguments.Dump is { } dump)
        {
            WholeFile.CheckPlace("--dump", dump, ".safetensors");
        }
    }
}
