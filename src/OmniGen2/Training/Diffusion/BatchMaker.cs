using OmniGen2.Training.Flow;
using OmniGen2.Training.Shapes;
using static TorchSharp.torch;

namespace OmniGen2.Training.Diffusion;

// B samples · C h w of a latent · T text tokens · D width of the language model

/// <summary>Makes batch number i, the same whenever it is asked for: the task, the samples, what is dropped, times and noise all follow from the seed and i.</summary>
internal sealed class BatchMaker(DiffusionConfig config, SamplePool pool)
{
    /// <summary>Shards number their samples from multiples of this.</summary>
    private const long SamplesOfAShard = 10_000_000;

    public const long Patch = 2;

    private readonly long _last = (config.Training.Steps * config.Training.Accumulation) - 1;

    public DiffusionBatch Load(long index)
    {
        var random = SceneRandom.ForTraining(config.Seed, RandomStream.Batches + index);
        var shards = pool.At(index, _last);
        var task = (DiffusionTaskKind)random.Weighted(config.Tasks.Shares);
        var dropped = config.Dropping.Draw(random.Unit(), random.Unit());
        var drawn = Draw(random, shards, task, dropped);
        using var generator = new Generator(random.Next(), CPU);
        using var scope = NewDisposeScope();
        return Gather(index, drawn, dropped, generator).Detach();
    }

    /// <summary>A batch has prompts of one length. Without prompts, samples of all lengths stand together.</summary>
    private IReadOnlyList<(Shard Shard, BucketKey Key, long[] Rows)> Draw(SceneRandom random, IReadOnlyList<Shard> shards, DiffusionTaskKind task, DroppedConditions dropped)
    {
        var first = new SampleWindow(shards, key => key.Task == task).Pick(random);
        var window = new SampleWindow(shards, key => dropped.Prompt ? key with { Length = first.Length } == first : key == first);
        return window.Draw(random, config.Tasks.Batch(task, first.References));
    }

    private DiffusionBatch Gather(long index, IReadOnlyList<(Shard Shard, BucketKey Key, long[] Rows)> drawn, DroppedConditions dropped, Generator generator)
    {
        var (task, references) = (drawn[0].Key.Task, drawn[0].Key.References);
        var rows = drawn.Select(d => (d.Shard, Rows: d.Shard.Rows(d.Key, d.Rows))).ToList();
        var target = Pictures(row => row.Target);
        var sources = Enumerable.Range(0, references).Select(i => Pictures(row => row.References[i])).ToList();
        var tokens = target.shape[2] * target.shape[3] / (Patch * Patch);
        return new DiffusionBatch
        {
            Samples = [.. rows.SelectMany(r => r.Rows.Select(row => (r.Shard.Number * SamplesOfAShard) + row.Number))],
            Task = task,
            Point = FlowMatching.Start(target, config.Time.Draw(target.shape[0], tokens, generator), generator),
            Text = dropped.Prompt ? drawn[0].Shard.Empty(drawn[0].Key.IsChat) : cat([.. drawn.Select(d => d.Shard.Text(d.Key, d.Rows))], 0),
            References = dropped.References ? [] : sources,
            Weights = Weights(index, task, target, sources, rows),
            Labels = config.SceneWeight == 0 || dropped.Prompt ? null : new SceneLabels(
                Labels(row => row.Target),
                dropped.References ? [] : [.. Enumerable.Range(0, references).Select(i => Labels(row => row.References[i]))]),
        };

        Tensor Labels(Func<SampleRow, long> which) => cat([.. rows.Select(r => r.Shard.Labels([.. r.Rows.Select(which)]))], 0).to(ScalarType.Int64);

        Tensor Pictures(Func<SampleRow, long> which) => cat([.. rows.Select(r => r.Shard.Latents([.. r.Rows.Select(which)]))], 0).to(ScalarType.Float32);
    }

    private Tensor? Weights(long index, DiffusionTaskKind task, Tensor target, List<Tensor> sources, List<(Shard Shard, IReadOnlyList<SampleRow> Rows)> rows)
    {
        if (task == DiffusionTaskKind.Edit && config.EditWeight > 1)
        {
            return FlowMatching.EditWeights(target, sources[0], config.EditWeight);
        }

        if (task != DiffusionTaskKind.T2i || config.ObjectWeight == 1 || index > config.ObjectWeightUntil * _last)
        {
            return null;
        }

        var backdrops = cat([.. rows.Select(r => r.Shard.Backdrops([.. r.Rows.Select(row => row.Target)]))], 0).to(ScalarType.Float32);
        return FlowMatching.EditWeights(target, backdrops, config.ObjectWeight);
    }
}
