using System.Globalization;
using OmniGen2.Imaging;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Cli.Generation;

/// <summary>What a --latents file brings instead of the seed's noise: the starting latents and, where it has them, the references' noise and the times.</summary>
internal sealed class InjectedTensors
{
    private const string LatentsName = "input.latents";

    private const string TimesName = "input.timesteps";

    /// <summary>Pixels to a latent, in each direction.</summary>
    private const int Scale = 8;

    private readonly string _path;

    private InjectedTensors(string path, IReadOnlyList<LatentImage> latents)
    {
        _path = path;
        Latents = latents;
    }

    /// <summary>One for each picture.</summary>
    public IReadOnlyList<LatentImage> Latents { get; }

    public IReadOnlyList<LatentImage> ReferenceNoise { get; private init; } = [];

    public IReadOnlyList<float>? Times { get; private init; }

    public int PictureWidth => Latents[0].Width * Scale;

    public int PictureHeight => Latents[0].Height * Scale;

    public static InjectedTensors Read(string path)
    {
        using var scope = NewDisposeScope();
        var file = SafetensorsFile.Open(path);
        var name = file.Names.Contains(LatentsName) || file.Names.Count != 1 ? LatentsName : file.Names.Single();
        var stored = file.Names.Contains(name)
            ? file.Tensor(name)
            : throw new ModelException($"'{path}' holds {file.Names.Count} tensors and none is called '{LatentsName}': name the starting noise so, or leave it alone in the file.");
        var latents = (stored.dim() == 3 ? stored.unsqueeze(0) : stored).to_type(ScalarType.Float32);
        if (latents.dim() != 4 || latents.shape[0] == 0)
        {
            throw new ModelException($"'{path}' has {name} in the shape {Text(stored.shape)}: starting noise is [pictures, channels, height, width].");
        }

        return new InjectedTensors(path, [.. Enumerable.Range(0, (int)latents.shape[0]).Select(i => Image(latents[i]))])
        {
            ReferenceNoise = [.. Noise(file)],
            Times = file.Names.Contains(TimesName) ? [.. file.Tensor(TimesName).to_type(ScalarType.Float32).data<float>()] : null,
        };
    }

    /// <summary>Refuses a file that does not fit the pictures that are asked for, before the model is used.</summary>
    public void Check(GenerationRequest request, GenerateArguments arguments)
    {
        if (Latents.Count < arguments.Count)
        {
            throw new ModelException($"'{_path}' holds starting noise for {Latents.Count} pictures and {arguments.Count} are asked for: use --count {Latents.Count}.");
        }

        if (Times is { } times && times.Count != request.Steps)
        {
            throw new ModelException($"'{_path}' holds {TimesName} of {times.Count} steps and --steps is {request.Steps}: leave --steps out, or the times.");
        }

        var size = OutputSize.For(request);
        CheckSize(LatentsName, Latents[0], size.GeneratedWidth, size.GeneratedHeight);
        if (ReferenceNoise.Count > 0 && ReferenceNoise.Count != request.Images.Count)
        {
            throw new ModelException($"'{_path}' holds noise for {ReferenceNoise.Count} references and {request.Images.Count} are given: give as many.");
        }

        for (var i = 0; i < ReferenceNoise.Count; i++)
        {
            var (width, height) = ReferenceImageProcessor.TargetSize(request.Images[i].Width, request.Images[i].Height, request.MaxPixels, request.MaxReferenceSide);
            CheckSize($"ref{i}.noise", ReferenceNoise[i], width, height);
        }
    }

    public ParityOptions For(int picture, Action<string, Tensor>? record) => new()
    {
        Latents = Latents[picture],
        PosteriorNoise = ReferenceNoise.Count > 0 ? ReferenceNoise : null,
        Timesteps = Times,
        Record = record,
    };

    private static IEnumerable<LatentImage> Noise(SafetensorsFile file)
    {
        for (var i = 0; file.Names.Contains(NoiseName(i)); i++)
        {
            var stored = file.Tensor(NoiseName(i)).to_type(ScalarType.Float32);
            yield return stored.dim() == 3
                ? Image(stored)
                : throw new ModelException($"'{file.Path}' has {NoiseName(i)} in the shape {Text(stored.shape)}: a reference's noise is [channels, height, width].");
        }
    }

    private static string NoiseName(int reference) => string.Create(CultureInfo.InvariantCulture, $"ref{reference}.noise");

    private static LatentImage Image(Tensor latents) =>
        new((int)latents.shape[0], (int)latents.shape[1], (int)latents.shape[2], latents.contiguous().data<float>().ToArray());

    private static string Text(long[] shape) => $"[{string.Join(", ", shape)}]";

    private void CheckSize(string name, LatentImage latents, int width, int height)
    {
        if ((latents.Width * Scale, latents.Height * Scale) != (width, height))
        {
            throw new ModelException($"'{_path}' has {name} for {latents.Width * Scale} × {latents.Height * Scale} pixels, and {width} × {height} are drawn: use --width {latents.Width * Scale} --height {latents.Height * Scale}, or other noise.");
        }
    }
}
