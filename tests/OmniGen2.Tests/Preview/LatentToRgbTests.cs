using OmniGen2.Imaging;
using OmniGen2.Preview;

namespace OmniGen2.Tests.Preview;

public sealed class LatentToRgbTests : IDisposable
{
    private readonly OmniGen2Pipeline _mini = OmniGen2Pipeline.Load(
        Path.Combine(GoldenFile.RepositoryRoot, "models/omnigen2-mini"), new PipelineOptions { Precision = ModelPrecision.Float32, Device = "cpu" });

    public void Dispose() => _mini.Dispose();

    [Fact]
    public void Map_beside_the_checkpoint_shows_its_pictures() => Assert.InRange(MeanError(_mini.Info.LatentToRgb!), 0, 25);

    [Fact]
    public void Fitted_map_shows_pictures_that_it_was_not_fitted_to() => Assert.InRange(MeanError(LatentToRgb.Fit(_mini, pictures: 30, size: 64)), 0, 25);

    /// <summary>In levels of 0 … 255, over pictures of another seed.</summary>
    private double MeanError(float[][] map)
    {
        var random = new Random(2);
        return Enumerable.Range(0, 8).Average(_ =>
        {
            var picture = ShapePainter.Paint(64, random);
            var preview = LatentPreview.Render(_mini.EncodeMean(picture), map);
            return Shrink(picture).Zip(preview.Pixels, (a, b) => Math.Abs(a - b)).Average();
        });
    }

    private static IEnumerable<double> Shrink(RgbImage picture)
    {
        for (var i = 0; i < 8 * 8 * 3; i++)
        {
            var (x, y, colour) = (i / 3 % 8 * 8, i / 24 * 8, i % 3);
            yield return Enumerable.Range(0, 64).Average(k => (double)picture.Row(y + (k / 8))[((x + (k % 8)) * 3) + colour]);
        }
    }
}
