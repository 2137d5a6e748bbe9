using OmniGen2.Models.Vae;
using OmniGen2.Training.Shapes;
using static TorchSharp.torch;

namespace OmniGen2.Training.Vae;

/// <summary>Draws batches of scenes; batch number k of a seed is always the same.</summary>
internal sealed class VaeSamples(VaeData data, long seed, int latentChannels)
{
    private static readonly SceneSampler Scenes = new(new WorldOptions());

    /// <summary>A crowd, from which an autoencoder learns most.</summary>
    public static Scene Dense(SceneRandom random) => Scenes.Scene(random, random.Between(7, 9));

    public static Scene Normal(SceneRandom random) => Scenes.Scene(random);

    /// <summary>A square of each picture, [B, 3, S, S] in −1 … 1.</summary>
    /// <param name="cuts">Picture, left and top edge.</param>
    /// <param name="side">S, in pixels.</param>
    public static Tensor Stack(IReadOnlyList<(RgbImage Picture, int Left, int Top)> cuts, int side)
    {
        var plane = side * side;
        var values = new float[cuts.Count * 3 * plane];
        for (var i = 0; i < cuts.Count; i++)
        {
            var (picture, left, top) = cuts[i];
            for (var y = 0; y < side; y++)
            {
                var row = picture.Row(top + y).Slice(left * 3, side * 3);
                for (var x = 0; x < row.Length; x++)
                {
                    values[(((i * 3) + (x % 3)) * plane) + (y * side) + (x / 3)] = (2 * (row[x] / 255f)) - 1;
                }
            }
        }

        return tensor(values, [cuts.Count, 3, side, side]);
    }

    public VaeBatch Load(long index)
    {
        var random = SceneRandom.ForTraining(seed, index);
        var isWhole = random.Chance(data.WholeShare);
        var (count, side) = isWhole ? (data.WholeBatch, Grid.PictureSize) : (data.Batch, data.CropSize);
        var cuts = new List<(RgbImage, int, int)>();
        var disturbances = new float[count];
        for (var i = 0; i < count; i++)
        {
            var scene = random.Chance(data.DenseShare) ? Dense(random) : Normal(random);
            cuts.Add((ScenePainter.Paint(scene), random.Between(0, Grid.PictureSize - side), random.Between(0, Grid.PictureSize - side)));
            disturbances[i] = random.Chance(data.NoiseShare) ? (float)(random.Unit() * data.Noise) : 0;
        }

        using var generator = new Generator(random.Next(), CPU);
        var latent = side / AutoencoderKL.Scale;
        return new VaeBatch(
            [.. Enumerable.Range(0, count).Select(i => (index * data.Batch) + i)],
            Stack(cuts, side).DetachFromDisposeScope(),
            randn([count, latentChannels, latent, latent], dtype: ScalarType.Float32, generator: generator).DetachFromDisposeScope(),
            tensor(disturbances, [count, 1, 1, 1]).DetachFromDisposeScope());
    }
}
