using OmniGen2.Evaluation;
using OmniGen2.Evaluation.Shapes;
using OmniGen2.Imaging;
using OmniGen2.Models.Vae;
using OmniGen2.Training.Shapes;
using static TorchSharp.torch;

namespace OmniGen2.Training.Vae;

/// <summary>How good the copies of drawings are that nothing was trained on.</summary>
internal sealed class RoundTrip(AutoencoderKL vae, Device device)
{
    // Streams that the tasks of an evaluation with the same seed leave alone.
    private const long FirstNormal = 50_000_000_000;
    private const long FirstDense = 60_000_000_000;

    private const int ComparedScenes = 16;
    private const int ReadScenes = 40;
    private const int Together = 8;

    /// <summary>About what is left between a good transformer's latents and the exact ones.</summary>
    private const double UsualNoise = 0.1;

    /// <summary>Held-out scenes as the world has them.</summary>
    public static Scene Normal(int index) => VaeSamples.Normal(SceneRandom.ForEvaluation(SceneRandom.FirstEvaluationSeed, FirstNormal + index));

    /// <summary>Held-out scenes of 7 to 9 objects.</summary>
    public static Scene Dense(int index) => VaeSamples.Dense(SceneRandom.ForEvaluation(SceneRandom.FirstEvaluationSeed, FirstDense + index));

    /// <summary>
    /// `psnr`, `psnr_dense`: in decibels, means over 16 pictures. `read_back`: share of 40 scenes that the detector still finds
    /// whole; `read_back_noisy`: the same where the latents are a little off. It bounds every score of a model that draws with this decoder.
    /// </summary>
    public IReadOnlyDictionary<string, double> Validate()
    {
        var scenes = Enumerable.Range(0, ReadScenes).Select(Normal).ToList();
        var crowds = Enumerable.Range(0, ComparedScenes).Select(Dense).ToList();
        var copies = Copies(scenes);
        return new Dictionary<string, double>
        {
            ["psnr"] = MeanPsnr(scenes.Take(ComparedScenes), copies),
            ["psnr_dense"] = MeanPsnr(crowds, Copies(crowds)),
            ["read_back"] = ReadBack(scenes, copies),
            ["read_back_noisy"] = ReadBack(scenes, Copies(scenes, UsualNoise)),
        };
    }

    /// <summary>Original beside copy, normal scenes and crowds.</summary>
    public ContactSheet Sheet(int each)
    {
        var scenes = Enumerable.Range(0, each).Select(Normal).Concat(Enumerable.Range(0, each).Select(Dense)).ToList();
        var rows = scenes.Zip(Copies(scenes), (scene, copy) => new ContactRow(
            [ScenePainter.Paint(scene), copy],
            FormattableString.Invariant($"{Psnr.Of(ScenePainter.Paint(scene), copy):F1} dB, {(IsReadBack(scene, copy) ? "read back" : "misread")}")));
        return new ContactSheet("round-trip", [.. rows]);
    }

    /// <summary>Encoded and decoded again.</summary>
    /// <param name="scenes">What to draw.</param>
    /// <param name="noise">Deviation of what is added to the latents, in model space.</param>
    public IReadOnlyList<RgbImage> Copies(IReadOnlyList<Scene> scenes, double noise = 0)
    {
        using var noGrad = no_grad();
        using var generator = new Generator(1, CPU);
        var copies = new List<RgbImage>();
        foreach (var some in scenes.Chunk(Together))
        {
            using var scope = NewDisposeScope();
            var pictures = VaeSamples.Stack([.. some.Select(s => (ScenePainter.Paint(s), 0, 0))], Grid.PictureSize).to(device);  // [B, 3, H, W]
            var latents = vae.ToModelSpace(vae.Encode(pictures).Mean);                                                          // [B, C, H / 8, W / 8]
            var disturbed = latents + (randn(latents.shape, dtype: ScalarType.Float32, generator: generator) * noise).to(device);
            var values = vae.Decode(disturbed).to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
            copies.AddRange(values.Chunk(values.Length / some.Length).Select(planes => PostProcess.ToImage(new FloatImage(Grid.PictureSize, Grid.PictureSize, planes))));
        }

        return copies;
    }

    /// <summary>Mean and deviation of the latents of normal scenes, in the autoencoder's own space.</summary>
    public (double Mean, double Deviation) LatentSpread(int scenes)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var means = new List<Tensor>();
        foreach (var some in Enumerable.Range(0, scenes).Select(Normal).Chunk(Together))
        {
            means.Add(vae.Encode(VaeSamples.Stack([.. some.Select(s => (ScenePainter.Paint(s), 0, 0))], Grid.PictureSize).to(device)).Mean);
        }

        var all = cat([.. means]).to(ScalarType.Float64);
        return (all.mean().item<double>(), (all - all.mean()).square().mean().sqrt().item<double>());
    }

    /// <summary>Whether the detector finds background and objects where they are.</summary>
    public static bool IsReadBack(Scene scene, RgbImage copy) => Scores.Whole(scene, Detector.Read(copy));

    private static double ReadBack(IReadOnlyList<Scene> scenes, IReadOnlyList<RgbImage> copies) =>
        scenes.Zip(copies, IsReadBack).Average(right => right ? 1.0 : 0.0);

    private static double MeanPsnr(IEnumerable<Scene> scenes, IEnumerable<RgbImage> copies) =>
        scenes.Zip(copies, (scene, copy) => Psnr.Of(ScenePainter.Paint(scene), copy)).Average();
}
