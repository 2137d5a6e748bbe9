using System.Text.Json;
using System.Text.Json.Nodes;
using OmniGen2.Models.Diffusion;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Training.Diffusion;

/// <summary>The transformer that a config asks for, with parameters in fp32 that record gradients.</summary>
internal sealed class TrainedTransformer : IDisposable
{
    private const string WeightsName = "diffusion_pytorch_model.safetensors";

    private readonly WeightSource _source;

    private readonly FreshSource _headSource;

    private readonly string _configText;

    /// <param name="config">Where from, or how large.</param>
    /// <param name="folder">The checkpoint.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="outFolder">A config.json of other sizes is kept there: messages about it name a file that can be looked at.</param>
    public TrainedTransformer(DiffusionConfig config, CheckpointFolder folder, Device device, string outFolder)
    {
        var path = CheckpointFolder.Config(folder.Transformer);
        _configText = ConfigText(path, config.Architecture);
        if (config.Architecture is not null)
        {
            path = Path.Combine(outFolder, "transformer-config.json");
            File.WriteAllText(path, _configText);
        }

        var sizes = TransformerConfig.Load(path);
        _source = config.Fresh
            ? new FreshSource(config.Seed, device: device)
            : SafetensorsSource.Open(folder.Transformer, new SafetensorsOptions { Device = device, Trainable = true });
        Model = _source.Build(weights => new OmniGen2Transformer(sizes, weights));
        _headSource = new FreshSource(config.Seed, device: device);
        Heads = config.SceneWeight == 0 ? null : new SceneHeads(_headSource.Root["heads"], sizes);
        Parameters = _source.Parameters.Concat(_headSource.Parameters).ToDictionary();
    }

    public OmniGen2Transformer Model { get; }

    /// <summary>What learns beside it and is not exported; null where the config wants none.</summary>
    public SceneHeads? Heads { get; }

    /// <summary>By the names of the published checkpoint, and those of the heads.</summary>
    public IReadOnlyDictionary<string, Tensor> Parameters { get; }

    /// <summary>The matrices that Muon moves: those of attention and feed-forward, inside blocks.</summary>
    public static bool IsHidden(string name) =>
        name.Contains(".attn.to_", StringComparison.Ordinal) || name.Contains(".feed_forward.", StringComparison.Ordinal);

    /// <summary>Writes weights, as bf16, and their config into a checkpoint's folder.</summary>
    /// <param name="weights">Of the names and shapes of <see cref="Parameters"/>, perhaps averaged.</param>
    /// <param name="part">The folder.</param>
    public void Write(IReadOnlyDictionary<string, Tensor> weights, string part)
    {
        File.WriteAllText(CheckpointFolder.Config(part), _configText);
        SafetensorsWriter.Save(
            Path.Combine(part, WeightsName),
            [.. weights.Where(w => !SceneHeads.IsHead(w.Key)).Select(w => new SafetensorsItem(w.Key, ScalarType.BFloat16, w.Value.shape, () => w.Value.detach().to(ScalarType.BFloat16)))]);
    }

    public void Dispose()
    {
        _source.Dispose();
        _headSource.Dispose();
    }

    private static string ConfigText(string basePath, JsonObject? changes)
    {
        if (changes is null)
        {
            return File.ReadAllText(basePath);
        }

        var config = JsonNode.Parse(File.ReadAllBytes(basePath))!.AsObject();
        foreach (var (key, value) in changes)
        {
            if (!config.ContainsKey(key))
            {
                throw new ModelException($"architecture has the unknown key '{key}'; {basePath} has {string.Join(", ", config.Select(p => p.Key))}.");
            }

            config[key] = value?.DeepClone();
        }

        return config.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }
}
