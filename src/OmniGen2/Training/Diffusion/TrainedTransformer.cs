using System.Text.Json;
using System.Text.Json.Nodes;
using OmniGen2.Models.Diffusion;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Training.Diffusion;

/// <summary>The transformer that a config asks for, with parameters in fp32 that record gradients.</summary>
internal sealed class TrainedTransformer : IDisposable
{
    private const string ConfigName = "transformer-config.json";

    private readonly WeightSource _source;

    /// <param name="config">Where from, or how large.</param>
    /// <param name="folder">The checkpoint.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="outFolder">Its config.json is kept there, as <see cref="ConfigPath"/>.</param>
    public TrainedTransformer(DiffusionConfig config, CheckpointFolder folder, Device device, string outFolder)
    {
        ConfigPath = Path.Combine(outFolder, ConfigName);
        File.WriteAllText(ConfigPath, ConfigText(CheckpointFolder.Config(folder.Transformer), config.Architecture));
        var sizes = TransformerConfig.Load(ConfigPath);
        _source = config.Fresh
            ? new FreshSource(config.Seed, device: device)
            : SafetensorsSource.Open(folder.Transformer, new SafetensorsOptions { Device = device, Trainable = true });
        Model = _source.Build(weights => new OmniGen2Transformer(sizes, weights));
    }

    public OmniGen2Transformer Model { get; }

    /// <summary>By the names of the published checkpoint.</summary>
    public IReadOnlyDictionary<string, Tensor> Parameters => _source.Parameters;

    /// <summary>What belongs beside the weights.</summary>
    public string ConfigPath { get; }

    /// <summary>The matrices that Muon moves: those of attention and feed-forward, inside blocks.</summary>
    public static bool IsHidden(string name) =>
        name.Contains(".attn.to_", StringComparison.Ordinal) || name.Contains(".feed_forward.", StringComparison.Ordinal);

    public void Dispose() => _source.Dispose();

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
