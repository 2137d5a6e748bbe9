using System.Security.Cryptography;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Tests.Shapes;

public sealed class ScenePainterTests
{
    private static readonly SceneSampler Sampler = new(new WorldOptions());

    [Fact]
    public void Pictures_are_the_same_on_every_thread()
    {
        var alone = Enumerable.Range(0, 200).Select(Fingerprint).ToArray();
        var together = new string[alone.Length];
        Parallel.For(0, alone.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, index => together[index] = Fingerprint(index));
        Assert.Equal(alone, together);
    }

    [Fact]
    public void Every_look_is_a_picture_of_its_own()
    {
        var pictures =
            from shape in World.Shapes
            from colour in World.Colours
            from pattern in World.Patterns
            from size in World.Sizes
            select Hash(new Scene(Background.Gray, [new SceneObject(shape, colour, pattern, size, 64, 64)]));
        Assert.Equal(720, pictures.Distinct().Count());
    }

    [Fact]
    public void Every_background_is_a_picture_of_its_own() =>
        Assert.Equal(12, World.Backgrounds.Select(each => Hash(new Scene(each, []))).Distinct().Count());

    [Theory]
    [InlineData(Shape.Square)]
    [InlineData(Shape.Circle)]
    [InlineData(Shape.Hexagon)]
    public void Middle_of_a_plain_shape_has_its_colour(Shape shape)
    {
        var picture = ScenePainter.Paint(new Scene(Background.White, [new SceneObject(shape, Colour.Green, Pattern.Plain, ObjectSize.Large, 64, 64)]));
        Assert.Equal<byte>([50, 165, 70], Pixel(picture, 64, 64));
    }

    [Fact]
    public void Ring_shows_its_background_in_the_middle_and_an_outline_around_it()
    {
        var scene = new Scene(Background.Sea, [new SceneObject(Shape.Ring, Colour.Red, Pattern.Plain, ObjectSize.Large, 64, 64)]);
        var (ring, sea) = (ScenePainter.Paint(scene), ScenePainter.Paint(scene with { Objects = [] }));
        Assert.Equal(Pixel(sea, 64, 64), Pixel(ring, 64, 64));
        Assert.Equal<byte>([34, 32, 48], Pixel(ring, 64 + 18, 64));
    }

    [Fact]
    public void Dots_lie_on_the_middle_and_a_pitch_away_and_stripes_between()
    {
        var dotted = Red(Pattern.Dotted);
        Assert.Equal<byte>([247, 203, 203], Pixel(dotted, 64, 64));
        Assert.Equal<byte>([247, 203, 203], Pixel(dotted, 64 + 9, 64));
        Assert.Equal<byte>([222, 48, 48], Pixel(dotted, 64 + 5, 64));
        var striped = Red(Pattern.Striped);
        Assert.Equal<byte>([222, 48, 48], Pixel(striped, 64, 64));
        Assert.Equal<byte>([247, 203, 203], Pixel(striped, 64 + 6, 64));
    }

    [Fact]
    public void Object_at_the_border_is_cut_off()
    {
        var scene = new Scene(Background.Black, [new SceneObject(Shape.Star, Colour.Yellow, Pattern.Plain, ObjectSize.Large, 2, 126)]);
        Assert.NotEqual(Hash(scene with { Objects = [] }), Hash(scene));
    }

    private static RgbImage Red(Pattern pattern) =>
        ScenePainter.Paint(new Scene(Background.White, [new SceneObject(Shape.Square, Colour.Red, pattern, ObjectSize.Large, 64, 64)]));

    private static byte[] Pixel(RgbImage picture, int x, int y) => picture.Row(y).Slice(x * 3, 3).ToArray();

    private static string Fingerprint(int index) => Hash(Sampler.Scene(SceneRandom.ForTraining(6, index)));

    private static string Hash(Scene scene) => Convert.ToHexString(SHA256.HashData(ScenePainter.Paint(scene).Pixels));
}
