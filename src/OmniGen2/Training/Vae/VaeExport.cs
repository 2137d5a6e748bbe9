using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OmniGen2.Preview;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Training.Vae;

/// <summary>Writes a trained autoencoder into the copy of a checkpoint.</summary>
internal static partial class VaeExport
{
    private const int MeasuredScenes = 200;

    private const string WeightsName = "diffusion_pytorch_model.safetensors";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly JsonDocumentOptions Commented = new() { CommentHandling = JsonCommentHandling.Skip };

    /// <summary>What was trained in bf16; what was frozen to the bit as the base checkpoint has it, for latents must not move.</summary>
    /// <param name="all">Every tensor of the autoencoder.</param>
    /// <param name="trained">Those that moved, perhaps averaged.</param>
    /// <param name="basePart">The autoencoder's folder in the base checkpoint.</param>
    /// <param name="part">The folder to write into.</param>
    public static void WriteWeights(IReadOnlyDictionary<string, Tensor> all, IReadOnlyDictionary<string, Tensor> trained, string basePart, string part)
    {
        var frozen = all.Keys.Except(trained.Keys).ToList();
        var items = trained.Select(t => new SafetensorsItem(t.Key, ScalarType.BFloat16, t.Value.shape, () => t.Value.detach().to(ScalarType.BFloat16))).ToList();
        if (frozen.Count > 0)
        {
            var stored = SafetensorsFile.Open(CheckpointFolder.FindWeights(basePart));
            items.AddRange(frozen.Select(name => new SafetensorsItem(name, stored.Tensor(name).dtype, all[name].shape, () => stored.Tensor(name))));
        }

        SafetensorsWriter.Save(Path.Combine(part, WeightsName), items);
    }

    /// <summary>Stores what brings the latents to mean 0 and deviation 1, and the map from them to colours.</summary>
    /// <param name="trip">Of the trained autoencoder.</param>
    /// <param name="checkpoint">With the weights in place.</param>
    public static void Measure(RoundTrip trip, string checkpoint)
    {
        var (mean, deviation) = trip.LatentSpread(MeasuredScenes);
        Change(Path.Combine(checkpoint, "vae", "config.json"), config => (config["scaling_factor"], config["shift_factor"]) = (1 / deviation, mean));
        var studio = Path.Combine(checkpoint, "studio.json");
        if (File.Exists(studio))
        {
            using var pipeline = OmniGen2Pipeline.Load(checkpoint, new PipelineOptions { Precision = ModelPrecision.Float32, Device = "cpu" });
            var map = LatentToRgb.Fit(pipeline);
            Change(studio, info => info["latent_to_rgb"] = new JsonArray([.. map.Select(row => new JsonArray([.. row.Select(v => JsonValue.Create(Math.Round(v, 4)))]))]));
        }
    }

    private static void Change(string path, Action<JsonObject> change)
    {
        var json = JsonNode.Parse(File.ReadAllBytes(path), documentOptions: Commented)!.AsObject();
        change(json);
        File.WriteAllText(path, NumberList().Replace(json.ToJsonString(Indented), list => Blanks().Replace(list.Value, " ")) + "\n");
    }

    // A row of numbers is read as a row.
    [GeneratedRegex(@"\[\s*[-0-9][-0-9.,eE+\s]*\]")]
    private static partial Regex NumberList();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
