using OmniGen2.Models.Diffusion;
using OmniGen2.Models.Language;
using OmniGen2.Models.Vae;
using OmniGen2.Weights;

namespace OmniGen2.Evaluation.Parity;

/// <summary>Names and shapes of the released networks, without any weights.</summary>
internal sealed class ShapesCases(ParitySource source) : RecordedCases(source, "shapes")
{
    private const string Counts = "counts.json";

    private static readonly TransformerConfig Released = new()
    {
        HiddenSize = 2520,
        NumLayers = 32,
        NumRefinerLayers = 2,
        NumAttentionHeads = 21,
        NumKvHeads = 7,
        AxesDimRope = [40, 40, 40],
        TextFeatDim = 2048,
        TimestepScale = 1000,
    };

    public override IEnumerable<ParityCase> List()
    {
        Folder.Claim(Counts);
        foreach (var file in Folder.WithEnding(".txt"))
        {
            var path = Folder.Claim(file);
            yield return Case(Stem(file), checks => Compare(Stem(file), path, checks));
        }
    }

    private void Compare(string network, string path, CaseChecks checks)
    {
        using var recorder = new ShapeRecorder();
        Build(network, recorder.Root);
        checks.Same("names, shapes and types", File.ReadLines(path).Where(line => line.Length > 0), recorder.Lines());
        foreach (var (key, value) in Folder.Json(Counts)[network].Entries.Where(e => e.Value.IsNumber))
        {
            checks.Same(key, value.Long, Count(key, recorder));
        }
    }

    private static void Build(string network, WeightScope weights) => _ = network switch
    {
        "transformer" => new OmniGen2Transformer(Released, weights),
        "vae" => new AutoencoderKL(weights, new VaeConfig()),
        "mllm" => (object)new Qwen(weights, new QwenConfig()),
        _ => throw new ModelException($"The network '{network}' is unknown to this build."),
    };

    private static long Count(string key, ShapeRecorder recorder) => key switch
    {
        "tensors" => recorder.Parameters.Count,
        "parameters" => Sum(recorder, _ => true),
        "modulation_linear_parameters" => Sum(recorder, n => n.Contains(".norm1.linear.", StringComparison.Ordinal)),
        "encoder_parameters" => Sum(recorder, n => n.StartsWith("encoder.", StringComparison.Ordinal)),
        "decoder_parameters" => Sum(recorder, n => n.StartsWith("decoder.", StringComparison.Ordinal)),
        "visual_parameters" => Sum(recorder, n => n.StartsWith("visual.", StringComparison.Ordinal)),
        "language_parameters" => Sum(recorder, n => !n.StartsWith("visual.", StringComparison.Ordinal)),
        _ => throw new ModelException($"The count '{key}' is unknown to this build."),
    };

    private static long Sum(ShapeRecorder recorder, Func<string, bool> isCounted) =>
        recorder.Parameters.Where(p => isCounted(p.Key)).Sum(p => p.Value.numel());
}
