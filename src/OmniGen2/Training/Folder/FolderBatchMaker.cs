using OmniGen2.Training.Diffusion;
using OmniGen2.Training.Flow;
using OmniGen2.Training.Shapes;
using static TorchSharp.torch;

namespace OmniGen2.Training.Folder;

/// <summary>Makes batch number i, the same whenever it is asked for: samples, forms of prompts, what is dropped, times and noise all follow from the seed and i.</summary>
internal sealed class FolderBatchMaker(DiffusionConfig config, FolderSettings settings, FolderSamples samples, FolderCache cache)
{
    private const long Patch = 2;

    public FolderBatch Load(long index)
    {
        var random = SceneRandom.ForTraining(config.Seed, RandomStream.Batches + index);
        using var generator = new Generator(random.Next(), CPU);
        using var scope = NewDisposeScope();
        var drawn = samples.Draw(random, settings.Batch, sample => cache.Find(sample) is not null);
        var views = drawn.Select(sample => View(sample, random)).ToList();
        var parts = views.GroupBy(view => (view.Text.shape[1], view.References.Count)).Select(part => SampleView.Join([.. part], Start).Detach());
        return new FolderBatch([.. parts]);

        FlowPoint Start(Tensor target)
        {
            var tokens = target.shape[2] * target.shape[3] / (Patch * Patch);
            return FlowMatching.Start(target, config.Time.Draw(target.shape[0], tokens, generator), generator);
        }
    }

    // The same numbers are drawn for every sample, whatever becomes of them.
    private SampleView View(FolderSample sample, SceneRandom random)
    {
        var cached = cache.Find(sample)!;
        var (isChat, isShort) = (random.Chance(config.ChatShare), random.Chance(settings.OpeningDropping));
        var dropped = config.Dropping.Draw(random.Unit(), random.Unit());
        var form = isChat ? PromptForm.Chat : isShort && cached.Has(PromptForm.WithoutOpening) ? PromptForm.WithoutOpening : PromptForm.Plain;
        var references = sample.Record.InputImages.Count;
        return new SampleView(
            sample.Number,
            dropped.Prompt ? cache.Empty(isChat) : cached.Text(form),
            dropped.References ? [] : [.. Enumerable.Range(0, references).Select(cached.Latent)],
            cached.Latent(references));
    }
}
