using System.Globalization;
using OmniGen2.Evaluation.Shapes;
using OmniGen2.Models.Diffusion;
using OmniGen2.Training.Flow;
using static TorchSharp.torch;

namespace OmniGen2.Training.Diffusion;

// n samples of a bucket

/// <summary>
/// Losses on fixed samples with fixed noise, from seeds that are never trained on; and how much worse a picture from a prompt gets with
/// another sample's prompt: 1 says that prompts are ignored.
/// </summary>
internal sealed class DiffusionValidation
{
    /// <summary>Of the tasks; the final scores of a checkpoint take others.</summary>
    public const long Seed = 910_000;

    // Where the prompt decides: over background and layout, and over the objects.
    private static readonly double[] PromptTimes = [0.02, 0.2];

    private readonly OmniGen2Transformer _model;
    private readonly Shard _shard;
    private readonly Dictionary<long, SampleRow> _rows;
    private readonly int _count;
    private readonly double _latest;

    /// <param name="model">Whose losses.</param>
    /// <param name="shard">From <see cref="Samples"/>.</param>
    /// <param name="config">Of which <paramref name="shard"/> is made.</param>
    public DiffusionValidation(OmniGen2Transformer model, Shard shard, DiffusionConfig config)
    {
        (_model, _shard, _count, _latest) = (model, shard, config.Validation.Samples, config.Time.Latest);
        _rows = shard.Buckets.SelectMany(b => shard.Rows(b.Key, All(b.Count))).ToDictionary(r => r.Number);
    }

    /// <summary>Pictures from a prompt, the same asked for in a conversation, edits, compositions: so many of each, one after the other.</summary>
    public static IReadOnlyList<DiffusionSample> Samples(DiffusionConfig config, SampleWriter writer)
    {
        var tasks = new EvaluationTasks(Seed, config.World);
        var each = Enumerable.Range(0, config.Validation.Samples).ToList();
        return
        [
            .. each.Select(i => writer.T2i(tasks.T2i(i), isChat: false)),
            .. each.Select(i => writer.T2i(tasks.T2i(i), isChat: true)),
            .. each.Select(i => writer.Edit(tasks.Edit(i), isChat: false)),
            .. each.Select(i => writer.Compose(tasks.Compose(i), isChat: false)),
        ];
    }

    /// <summary>By name: t2i, chat, edit, compose, and ratios such as t2i_shuffled_0.02.</summary>
    public IReadOnlyDictionary<string, double> Measure()
    {
        var names = (string[])["t2i", "chat", "edit", "compose"];
        var losses = Losses(_ => true, number => number, At);
        var result = names.Select((name, i) => (name, Mean: Enumerable.Range(i * _count, _count).Average(n => losses[n]))).ToDictionary(p => p.name, p => p.Mean);
        foreach (var t in PromptTimes)
        {
            var right = Losses(IsDrawing, number => number, _ => t).Values.Average();
            var shuffled = Losses(IsDrawing, number => (number + 1) % _count, _ => t).Values.Average();
            result[string.Create(CultureInfo.InvariantCulture, $"t2i_shuffled_{t}")] = shuffled / right;
        }

        return result;

        double At(long number) => Math.Min(_latest, Math.Pow(((number % _count) + 0.5) / _count, 2));

        static bool IsDrawing(BucketKey key) => key is { Task: DiffusionTaskKind.T2i, IsChat: false };
    }

    /// <summary>The loss of every sample by the number of its prompt.</summary>
    /// <param name="which">Buckets to measure.</param>
    /// <param name="pictureOf">Number of the sample whose picture is shown to a prompt.</param>
    /// <param name="timeOf">The time of a sample.</param>
    private Dictionary<long, double> Losses(Func<BucketKey, bool> which, Func<long, long> pictureOf, Func<long, double> timeOf)
    {
        var losses = new Dictionary<long, double>();
        foreach (var (key, count) in _shard.Buckets.Where(b => which(b.Key)))
        {
            using var scope = NewDisposeScope();
            var prompts = _shard.Rows(key, All(count));
            var pictures = prompts.Select(p => _rows[pictureOf(p.Number)]).ToList();
            using var batch = Batch(key, prompts, pictures, timeOf);
            var values = DiffusionTask.Loss(_model, batch).cpu().data<float>().ToArray();
            for (var i = 0; i < values.Length; i++)
            {
                losses[prompts[i].Number] = values[i];
            }
        }

        return losses;
    }

    private DiffusionBatch Batch(BucketKey key, IReadOnlyList<SampleRow> prompts, List<SampleRow> pictures, Func<long, double> timeOf)
    {
        var target = _shard.Latents([.. pictures.Select(p => p.Target)]).to(ScalarType.Float32);
        var noise = stack(pictures.Select(p => Noise(p.Number, target.shape[1..])));
        var t = tensor(prompts.Select(p => (float)timeOf(p.Number)).ToArray()).to(ScalarType.BFloat16).to(ScalarType.Float32);
        return new DiffusionBatch
        {
            Samples = [.. prompts.Select(p => p.Number)],
            Task = key.Task,
            Point = FlowMatching.Between(noise, target, t),
            Text = _shard.Text(key, All(prompts.Count)),
            References = [.. Enumerable.Range(0, key.References).Select(i => _shard.Latents([.. pictures.Select(p => p.References[i])]).to(ScalarType.Float32))],
        };
    }

    private static Tensor Noise(long number, long[] shape)
    {
        using var generator = new Generator((ulong)(Seed + number), CPU);
        return randn(shape, dtype: ScalarType.Float32, generator: generator);
    }

    private static long[] All(long count) => [.. Enumerable.Range(0, (int)count).Select(i => (long)i)];
}
