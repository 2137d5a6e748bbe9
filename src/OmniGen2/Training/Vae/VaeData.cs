using System.Globalization;
using OmniGen2.Models.Vae;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Training.Vae;

/// <summary>What drawings an autoencoder learns from.</summary>
public sealed record VaeData
{
    /// <summary>Side of the square cut out of a drawing, in pixels.</summary>
    public int CropSize { get; init; } = 64;

    /// <summary>Crops in a batch.</summary>
    public int Batch { get; init; } = 12;

    /// <summary>Share of drawings with 7 to 9 objects: a crop of any other is mostly background.</summary>
    public double DenseShare { get; init; } = 0.5;

    /// <summary>Share of batches made of as many whole drawings as cost the same, because attention spans the picture.</summary>
    public double WholeShare { get; init; }

    /// <summary>Share of samples whose latents are disturbed before they are decoded, as a transformer's are never exact.</summary>
    public double NoiseShare { get; init; }

    /// <summary>Largest deviation of that noise, in model space, where latents have a deviation of about 1.</summary>
    public double Noise { get; init; } = 0.1;

    /// <summary>Whole drawings in a batch of them.</summary>
    internal int WholeBatch => Math.Max(1, Batch * CropSize * CropSize / (Grid.PictureSize * Grid.PictureSize));

    /// <summary>Refuses numbers that no run can have.</summary>
    /// <param name="source">The file or whatever a message shall name.</param>
    public void Check(string source)
    {
        var rules = new (bool Holds, FormattableString Fault)[]
        {
            (CropSize is >= 16 and <= Grid.PictureSize && CropSize % AutoencoderKL.Scale == 0, $"crop_size = {CropSize} must be a multiple of {AutoencoderKL.Scale} from 16 to {Grid.PictureSize}"),
            (Batch is >= 1 and <= 4096, $"batch = {Batch} must be from 1 to 4096"),
            (DenseShare is >= 0 and <= 1, $"dense_share = {DenseShare} must be from 0 to 1"),
            (WholeShare is >= 0 and <= 1, $"whole_share = {WholeShare} must be from 0 to 1"),
            (NoiseShare is >= 0 and <= 1, $"noise_share = {NoiseShare} must be from 0 to 1"),
            (Noise is >= 0 and <= 10, $"noise = {Noise} must be from 0 to 10"),
        };
        foreach (var (_, fault) in rules.Where(r => !r.Holds))
        {
            throw new ModelException($"{source}: data.{fault.ToString(CultureInfo.InvariantCulture)}.");
        }
    }
}
