using System.Text.Json.Nodes;
using OmniGen2.Training;
using OmniGen2.Training.Diffusion;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Training.Diffusion;

/// <summary>A training of a small fresh transformer beside the embedded checkpoint's other parts, in a folder of its own.</summary>
internal sealed class TinyDiffusion : IDisposable
{
    public static readonly string Model = Path.Combine(GoldenFile.RepositoryRoot, "models/omnigen2-mini");

    private readonly TempFolder _folder = new();

    /// <summary>The config, to be changed before it is used.</summary>
    public JsonObject Settings { get; } = JsonNode.Parse("""
        {
          "fresh": true,
          "architecture": {
            "hidden_size": 48, "num_layers": 1, "num_refiner_layers": 1, "num_attention_heads": 2, "num_kv_heads": 1,
            "axes_dim_rope": [8, 8, 8], "multiple_of": 16
          },
          "device": "cpu",
          "seed": 3,
          "training": { "steps": 12, "average_decay": 0.9 },
          "tasks": {
            "t2i": { "share": 0.4, "batch": 4 },
            "edit": { "share": 0.3, "batch": 3 },
            "compose": { "share": 0.3, "one": 3, "two": 2, "three": 2 }
          },
          "object_weight": 2,
          "pool": { "edits": 5, "compositions": 4, "captions": 1, "shards": 2, "first": 1, "refresh": 4 },
          "validation": { "samples": 2, "score_steps": 1, "sheet_rows": 1 }
        }
        """)!.AsObject();

    public string ConfigPath => _folder.File("config.json");

    public DiffusionConfig Config
    {
        get
        {
            Save();
            return DiffusionConfig.Load(ConfigPath);
        }
    }

    public string Out(string name) => _folder.File(name);

    /// <summary>Opens the training as the command line does.</summary>
    public ITrainingRun Open(string name)
    {
        Save();
        return DiffusionTraining.Open(ConfigPath, Out(name));
    }

    /// <summary>The frozen parts, and the pool of a training that writes to the folder of this name.</summary>
    public (FrozenParts Frozen, SamplePool Pool) Pool(string name)
    {
        var config = Config;
        var frozen = new FrozenParts(CheckpointFolder.Open(config.Model), CPU);
        var samples = new SampleWriter(frozen.Reader);
        var (filler, writer) = (new PoolFiller(config, samples), new ShardWriter(frozen, samples));
        return (frozen, new SamplePool(config.Pool, Out(name), (number, path, token) => writer.Write(path, filler.Samples(number), token)));
    }

    public void Dispose() => _folder.Dispose();

    private void Save()
    {
        Settings.TryAdd("model", Model);
        File.WriteAllText(ConfigPath, Settings.ToJsonString());
    }
}
