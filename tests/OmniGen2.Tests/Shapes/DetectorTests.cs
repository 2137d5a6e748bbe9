using OmniGen2.Evaluation.Shapes;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Tests.Shapes;

public sealed class DetectorTests
{
    private const int Scenes = 300;

    private static readonly SceneSampler Sampler = new(new WorldOptions());

    [Fact]
    public void Drawings_come_back_exactly() => Assert.InRange(Read(picture => picture), 0.98 * Scenes, Scenes);

    [Fact]
    public void Drawings_with_noise_come_back_exactly() => Assert.InRange(Read(Noisy), 0.98 * Scenes, Scenes);

    [Theory]
    [InlineData(Background.White)]
    [InlineData(Background.NightSky)]
    public void Every_look_is_told_apart_from_every_other(Background background)
    {
        var looks =
            (from shape in World.Shapes
             from colour in World.Colours
             from pattern in World.Patterns
             from size in World.Sizes
             select new SceneObject(shape, colour, pattern, size, 64, 64)).ToArray();
        var right = 0;
        Parallel.ForEach(looks, look =>
        {
            var scene = new Scene(background, [look]);
            if (Detector.Read(ScenePainter.Paint(scene)).Equals(scene))
            {
                Interlocked.Increment(ref right);
            }
        });
        Assert.InRange(right, 0.99 * looks.Length, looks.Length);
    }

    [Fact]
    public void Empty_backgrounds_have_no_objects() =>
        Assert.All(World.Backgrounds, each => Assert.Equal(new Scene(each, []), Detector.Read(ScenePainter.Paint(new Scene(each, [])))));

    [Theory]
    [InlineData(Background.Sea)]
    [InlineData(Background.Meadow)]
    [InlineData(Background.NightSky)]
    public void Background_shifted_by_a_pixel_shows_no_object(Background background)
    {
        var picture = ScenePainter.Paint(new Scene(background, []));
        for (var y = Grid.PictureSize - 1; y > 0; y--)
        {
            picture.Row(y - 1).CopyTo(picture.Row(y));
        }

        Assert.Equal(new Scene(background, []), Detector.Read(picture));
    }

    [Fact]
    public void Noise_alone_is_read_without_a_fault()
    {
        var picture = new RgbImage(Grid.PictureSize, Grid.PictureSize);
        new Random(1).NextBytes(picture.Pixels);
        Assert.InRange(Detector.Read(picture).Objects.Length, 0, 100);
    }

    [Fact]
    public void Picture_of_another_size_is_refused_with_both_sizes()
    {
        var fault = Assert.Throws<ModelException>(() => Detector.Read(new RgbImage(64, 32)));
        Assert.Contains("128 × 128", fault.Message, StringComparison.Ordinal);
        Assert.Contains("64 × 32", fault.Message, StringComparison.Ordinal);
    }

    private static int Read(Func<RgbImage, RgbImage> spoil)
    {
        var right = 0;
        Parallel.For(0, Scenes, index =>
        {
            var scene = Sampler.Scene(SceneRandom.ForEvaluation(900_000, index));
            var expected = scene with { Objects = [.. scene.Objects.OrderBy(each => each.Cell)] };
            if (Detector.Read(spoil(ScenePainter.Paint(scene))).Equals(expected))
            {
                Interlocked.Increment(ref right);
            }
        });
        return right;
    }

    /// <summary>Normal noise of ten levels, seeded by the picture itself.</summary>
    private static RgbImage Noisy(RgbImage picture)
    {
        const double sigma = 10;
        var random = new Random(picture.Pixels.Aggregate(17, (hash, value) => unchecked((hash * 31) + value)));
        return picture with { Pixels = [.. picture.Pixels.Select(value => (byte)Math.Clamp(Math.Round(value + (sigma * Normal())), 0, 255))] };

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
    }
}
