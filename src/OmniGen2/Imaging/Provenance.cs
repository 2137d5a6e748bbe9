using System.Security.Cryptography;

namespace OmniGen2.Imaging;

/// <summary>What made a picture, so that somebody else can see whether the same still makes the same.</summary>
public sealed record Provenance
{
    /// <summary>Over all weights, lower-case hex; null where they were not yet read when the picture was done.</summary>
    public string? Weights { get; init; }

    /// <summary>The program's own code.</summary>
    public required string Build { get; init; }

    /// <summary>As in cpu or cuda:0.</summary>
    public required string Device { get; init; }

    /// <summary>What the networks computed in, as in Float32.</summary>
    public required string Precision { get; init; }

    /// <summary>SHA-256 of the pixels, row by row, three bytes each.</summary>
    public required string Pixels { get; init; }

    /// <summary>Changes with any change of the code that draws.</summary>
    public static string CurrentBuild { get; } = Convert.ToHexStringLower(SHA256.HashData(
        [.. typeof(OmniGen2Pipeline).Module.ModuleVersionId.ToByteArray(), .. typeof(TorchSharp.torch).Module.ModuleVersionId.ToByteArray()]))[..16];

    public static string HashOf(RgbImage image) => Convert.ToHexStringLower(SHA256.HashData(image.Pixels));

    public static Provenance Of(ModelInfo model, string? weights, RgbImage image) => new()
    {
        Weights = weights,
        Build = CurrentBuild,
        Device = model.Device,
        Precision = model.Precision,
        Pixels = HashOf(image),
    };

    /// <summary>Where these two differ, in words; the pixels aside.</summary>
    public IReadOnlyList<string> Changed(Provenance now)
    {
        (string What, string? Then, string? Now)[] all =
        [
            ("the weights", Weights, now.Weights ?? Weights), ("the program", Build, now.Build), ("the device", Device, now.Device), ("the precision", Precision, now.Precision),
        ];
        return [.. all.Where(x => x.Then is not null && x.Then != x.Now).Select(x => x.What)];
    }
}
