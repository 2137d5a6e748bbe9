using OmniGen2.Training.Vae;
using OmniGen2.Weights;
using TorchSharp;

namespace OmniGen2.Tests.Training.Vae;

/// <summary>Short trainings of a small checkpoint's autoencoder.</summary>
internal sealed class TinyVae : IDisposable
{
    public TempFolder Folder { get; } = new();

    /// <summary>The checkpoint that trainings start from.</summary>
    public string Base { get; private set; } = GoldenFile.Path("tiny-omnigen2");

    /// <summary>Lets trainings start from a copy that has a `studio.json`.</summary>
    public string CopyBase(string studio)
    {
        var copy = Folder.File("base");
        foreach (var file in Directory.EnumerateFiles(Base, "*", SearchOption.AllDirectories))
        {
            Folder.Write(Path.Combine("base", Path.GetRelativePath(Base, file)), File.ReadAllBytes(file));
        }

        Folder.Write("base/studio.json", studio);
        return Base = copy;
    }

    public string Config(string keys, int validateSteps = 0) => Folder.Write("train.json", $$"""
        {
          "model": {{System.Text.Json.JsonSerializer.Serialize(Base)}},
          "device": "cpu",
          "training": { "steps": 8, "average_decay": 0.9, "validate_steps": {{validateSteps}}, "schedule": { "warmup": 2 } },
          {{keys}}
        }
        """);

    /// <summary>Takes some steps, and saves as a cancelled run does.</summary>
    /// <param name="name">Of the run's folder.</param>
    /// <param name="keys">Of the config.</param>
    /// <param name="steps">At least one.</param>
    /// <param name="resume">From the state in that folder.</param>
    /// <param name="export">Also writes the checkpoint `name-model`.</param>
    public IReadOnlyList<double> Take(string name, string keys, int steps, bool resume = false, bool export = false)
    {
        using var run = VaeTraining.Open(Config(keys), Folder.File(name));
        if (resume)
        {
            run.Resume(Folder.File(name));
        }

        using var stop = new CancellationTokenSource();
        var losses = new List<double>();
        foreach (var step in run.Run(cancellation: stop.Token))
        {
            losses.Add(step.Loss);
            if (losses.Count == steps)
            {
                stop.Cancel();
            }
        }

        if (export)
        {
            run.Export(Model(name));
        }

        return losses;
    }

    public string Model(string name) => Folder.File($"{name}-model");

    /// <summary>All that is saved of a run.</summary>
    public IReadOnlyDictionary<string, (string Type, string Bytes)> State(string name) => Tensors(Assert.Single(Directory.GetFiles(Folder.File(name), "state-*.safetensors")));

    /// <summary>A checkpoint's autoencoder.</summary>
    public static IReadOnlyDictionary<string, (string Type, string Bytes)> Weights(string model) => Tensors(CheckpointFolder.FindWeights(Path.Combine(model, "vae")));

    public void Dispose() => Folder.Dispose();

    private static Dictionary<string, (string Type, string Bytes)> Tensors(string path)
    {
        using var scope = torch.NewDisposeScope();
        var file = SafetensorsFile.Open(path);
        return file.Names.ToDictionary(name => name, name => (file.Tensor(name).dtype.ToString(), Convert.ToHexString(file.Tensor(name).bytes)));
    }
}
