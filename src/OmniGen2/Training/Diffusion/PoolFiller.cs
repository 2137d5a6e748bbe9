using OmniGen2.Training.Shapes;
using OmniGen2.Weights;

namespace OmniGen2.Training.Diffusion;

/// <summary>What the shards of a training hold, and where they lie: a folder named by all that decides over their content.</summary>
internal sealed class PoolFiller(DiffusionConfig config, SampleWriter samples)
{
    // Counted up when the content of shards changes without a change of the settings.
    private const int Version = 2;

    private readonly Grammar _grammar = new(config.World);

    /// <summary>Digest of the frozen parts' files and of the settings.</summary>
    public static string Key(DiffusionConfig config, CheckpointFolder folder) => CacheKey.Of(
        new { Version, config.Pool.Edits, config.Pool.Compositions, config.Pool.Captions, config.Pool.Scenes, config.ChatShare, config.World, config.Seed }, folder);

    /// <summary>The samples of a shard: edits, compositions, prompts for both sides of every edit, and prompts with scenes of their own.</summary>
    public IReadOnlyList<DiffusionSample> Samples(long shard)
    {
        var result = new List<DiffusionSample>();
        for (var i = shard * config.Pool.Edits; i < (shard + 1) * config.Pool.Edits; i++)
        {
            var random = Random(RandomStream.Edits + i);
            var edit = _grammar.Edit(random);
            result.Add(samples.Edit(edit, IsChat(random)));
            result.AddRange(Captions(i, edit));
        }

        for (var i = shard * config.Pool.Compositions; i < (shard + 1) * config.Pool.Compositions; i++)
        {
            var random = Random(RandomStream.Compositions + i);
            result.Add(samples.Compose(_grammar.InContext(random), IsChat(random)));
        }

        for (var i = shard * config.Pool.Scenes; i < (shard + 1) * config.Pool.Scenes; i++)
        {
            var random = Random(RandomStream.Scenes + i);
            result.Add(samples.T2i(_grammar.T2i(random), IsChat(random)));
        }

        return result;
    }

    // What the removal of the only object leaves has nothing to be described.
    private IEnumerable<DiffusionSample> Captions(long index, EditTask edit)
    {
        var random = Random(RandomStream.Captions + index);
        return
            from scene in new[] { edit.Source, edit.Target }
            where scene.Objects.Length > 0
            from _ in Enumerable.Range(0, config.Pool.Captions)
            select samples.T2i(_grammar.T2i(random, scene), IsChat(random));
    }

    private SceneRandom Random(long index) => SceneRandom.ForTraining(config.Seed, index);

    private bool IsChat(SceneRandom random) => random.Chance(config.ChatShare);
}
