using OmniGen2.Sampling;
using OmniGen2.Training.Shapes;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Training.Diffusion;

// n samples of a bucket · P pictures · C h w of a latent · T text tokens · D width of the language model

/// <summary>
/// Runs samples through the frozen parts into a file: latents of all pictures, each once, and text states bucket by bucket. Numbers are bf16;
/// a bucket is computed when its turn to be written comes, so memory stays small.
/// </summary>
internal sealed class ShardWriter(FrozenParts frozen, SampleWriter samples)
{
    public const string Latents = "latents";
    public const string Backgrounds = "backgrounds";
    public const string Backdrops = "backdrops";
    public const string Labels = "labels";

    private const int PromptsAtATime = 32;

    public static string Empty(bool isChat) => isChat ? "empty.chat" : "empty.plain";

    public void Write(string path, IReadOnlyList<DiffusionSample> all, CancellationToken cancellation = default)
    {
        var scenes = all.SelectMany(s => s.References.Append(s.Target)).Distinct().ToList();
        var numbers = scenes.Select((scene, i) => (scene, i)).ToDictionary(p => p.scene, p => (long)p.i);
        var items = new List<SafetensorsItem>
        {
            Pictures(Latents, scenes, cancellation),
            Pictures(Backdrops, [.. World.Backgrounds.Select(b => new Scene(b, []))], cancellation),
            LabelsOf(scenes),
            Numbers(Backgrounds, [scenes.Count], [.. scenes.Select(s => (long)s.Background)]),
            Prompts(Empty(false), [samples.Empty(false)], cancellation),
            Prompts(Empty(true), [samples.Empty(true)], cancellation),
        };
        foreach (var bucket in all.Select((sample, i) => (Sample: sample, Number: (long)i)).GroupBy(s => KeyOf(s.Sample)))
        {
            items.Add(Prompts(bucket.Key.Text, [.. bucket.Select(s => s.Sample.Prompt)], cancellation));
            items.Add(Numbers(
                bucket.Key.Rows,
                [bucket.Count(), bucket.Key.References + 2],
                [.. bucket.SelectMany(s => (long[])[s.Number, .. s.Sample.References.Select(r => numbers[r]), numbers[s.Sample.Target]])]));
        }

        SafetensorsWriter.Save(path, items);
    }

    private BucketKey KeyOf(DiffusionSample sample) =>
        new(sample.Task, sample.References.Count, sample.Prompt.IsChat, frozen.Kept(sample.Prompt).Length);

    private SafetensorsItem Pictures(string name, List<Scene> scenes, CancellationToken cancellation)
    {
        const long side = Grid.PictureSize / Models.Vae.AutoencoderKL.Scale;
        return new SafetensorsItem(name, ScalarType.BFloat16, [scenes.Count, frozen.LatentChannels, side, side], () =>
            frozen.EncodePictures(scenes.Select(Paint)).to(ScalarType.BFloat16));

        RgbImage Paint(Scene scene)
        {
            cancellation.ThrowIfCancellationRequested();
            return ScenePainter.Paint(scene);
        }
    }

    private static SafetensorsItem LabelsOf(List<Scene> scenes)
    {
        const int side = Grid.PictureSize / Models.Vae.AutoencoderKL.Scale / (int)BatchMaker.Patch;
        return new SafetensorsItem(Labels, ScalarType.Byte, [scenes.Count, side * side, DenseLabels.Classes.Length], () =>
            tensor([.. scenes.SelectMany(s => DenseLabels.Of(s, side))], [scenes.Count, side * side, DenseLabels.Classes.Length]).to(ScalarType.Byte));
    }

    private SafetensorsItem Prompts(string name, IReadOnlyList<PromptToRead> prompts, CancellationToken cancellation) =>
        new(name, ScalarType.BFloat16, [prompts.Count, frozen.Kept(prompts[0]).Length, frozen.TextSize], () =>
        {
            using var scope = NewDisposeScope();
            var parts = new List<Tensor>();
            foreach (var some in prompts.Chunk(PromptsAtATime))
            {
                cancellation.ThrowIfCancellationRequested();
                parts.Add(frozen.EncodePrompts(some).to(ScalarType.BFloat16));
            }

            return cat(parts, 0).MoveToOuterDisposeScope();
        });

    private static SafetensorsItem Numbers(string name, long[] shape, long[] values) => new(name, ScalarType.Int64, shape, () => tensor(values, shape));
}
