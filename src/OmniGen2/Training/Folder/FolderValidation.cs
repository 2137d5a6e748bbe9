using OmniGen2.Models.Diffusion;
using OmniGen2.Training.Diffusion;
using OmniGen2.Training.Flow;
using static TorchSharp.torch;

namespace OmniGen2.Training.Folder;

/// <summary>The mean loss on samples that stay the same, with noise and times that stay the same.</summary>
/// <param name="model">Whose loss.</param>
/// <param name="cache">Of the samples.</param>
/// <param name="samples">Which ones.</param>
/// <param name="name">How the figure is called: `held_out`, or `trained` for samples that are trained on too.</param>
internal sealed class FolderValidation(OmniGen2Transformer model, FolderCache cache, IReadOnlyList<FolderSample> samples, string name)
{
    public IReadOnlyDictionary<string, double> Measure()
    {
        var usable = samples.Where(sample => cache.Find(sample) is not null).ToList();
        return usable.Count == 0
            ? new Dictionary<string, double>()
            : new Dictionary<string, double> { [name] = usable.Select((sample, i) => Loss(sample, Math.Pow((i + 0.5) / usable.Count, 2))).Average() };
    }

    private double Loss(FolderSample sample, double time)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)(DiffusionValidation.Seed + sample.Number), CPU);
        var (cached, references) = (cache.Find(sample)!, sample.Record.InputImages.Count);
        var view = new SampleView(sample.Number, cached.Text(PromptForm.Plain), [.. Enumerable.Range(0, references).Select(cached.Latent)], cached.Latent(references));
        var t = tensor(new[] { (float)time }).to(ScalarType.BFloat16).to(ScalarType.Float32);
        using var batch = SampleView.Join([view], target => FlowMatching.Start(target, t, generator));
        return DiffusionTask.Loss(model, batch).cpu().item<float>();
    }
}
