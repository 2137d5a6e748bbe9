using OmniGen2.Training.Shapes;
using OmniGen2.Training.Vae;
using TorchSharp;

namespace OmniGen2.Tests.Training.Vae;

public sealed class VaeSamplesTests : IDisposable
{
    private static readonly VaeData Data = new() { CropSize = 64, Batch = 8, WholeShare = 0.5, NoiseShare = 0.5, Noise = 0.2 };

    private readonly DisposeScope _scope = torch.NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void A_batch_depends_on_seed_and_index_alone()
    {
        var batches = new VaeBatch[12];
        Parallel.For(0, batches.Length, i => batches[i] = new VaeSamples(Data, 7, 4).Load(i));
        for (var i = batches.Length - 1; i >= 0; i--)
        {
            using var again = new VaeSamples(Data, 7, 4).Load(i);
            using var other = new VaeSamples(Data, 8, 4).Load(i);
            Assert.Equal(batches[i].Samples, again.Samples);
            Assert.Equal(batches[i].Pictures.Floats(), again.Pictures.Floats());
            Assert.Equal(batches[i].Noise.Floats(), again.Noise.Floats());
            Assert.Equal(batches[i].Disturbance.Floats(), again.Disturbance.Floats());
            Assert.NotEqual(batches[i].Pictures.Floats(), other.Pictures.Floats());
            batches[i].Dispose();
        }
    }

    [Fact]
    public void Batches_are_of_crops_or_of_as_many_whole_drawings_as_cost_the_same()
    {
        var samples = new VaeSamples(Data, 1, 4);
        var shapes = Enumerable.Range(0, 20).Select(i => samples.Load(i)).Select(b => (string.Join("x", b.Pictures.shape), string.Join("x", b.Noise.shape), b.Samples.Count)).Distinct().Order();
        Assert.Equal([("2x3x128x128", "2x4x16x16", 2), ("8x3x64x64", "8x4x8x8", 8)], shapes);
    }

    [Fact]
    public void A_crop_is_a_square_of_the_drawing()
    {
        var picture = ScenePainter.Paint(VaeSamples.Dense(SceneRandom.ForTraining(1, 1)));
        var values = VaeSamples.Stack([(picture, 10, 20), (picture, 40, 50)], 16);
        Assert.Equal(picture.Row(50 + 3)[((40 + 5) * 3) + 2], MathF.Round((values[1, 2, 3, 5].item<float>() + 1) * 127.5f));
        Assert.Equal(picture.Row(20)[10 * 3], MathF.Round((values[0, 0, 0, 0].item<float>() + 1) * 127.5f));
    }

    [Fact]
    public void About_as_many_latents_are_disturbed_as_asked_for()
    {
        var samples = new VaeSamples(Data with { WholeShare = 0 }, 1, 4);
        var all = Enumerable.Range(0, 50).SelectMany(i => samples.Load(i).Disturbance.Floats()).ToList();
        Assert.InRange(all.Count(d => d > 0) / (double)all.Count, 0.4, 0.6);
        Assert.InRange(all.Max(), 0.15, 0.2);
    }

    [Fact]
    public void Seeds_of_evaluation_are_refused() =>
        Assert.Contains("Seed 900000 is not for training", Assert.Throws<ModelException>(() => new VaeSamples(Data, 900_000, 4).Load(0)).Message);
}
