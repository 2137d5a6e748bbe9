using System.Globalization;
using System.Text.RegularExpressions;
using OmniGen2.Sampling;
using static TorchSharp.torch;

namespace OmniGen2.Evaluation.Parity;

/// <summary>The original's pipelines end to end on the tiny checkpoint: pictures, answers, and the noise that a seed draws.</summary>
internal sealed partial class RunsCases : RecordedCases
{
    private const string Index = "index.json";

    private readonly Lazy<OmniGen2Pipeline> _pipeline;

    public RunsCases(ParitySource source)
        : base(source, "tiny-omnigen2-runs")
    {
        _pipeline = new(() => OmniGen2Pipeline.Load(
            Path.GetDirectoryName(source.Set.Folder("tiny-omnigen2").Claim("model_index.json"))!,
            new PipelineOptions { Precision = ModelPrecision.Float32, Device = source.DeviceName }));
    }

    public override IEnumerable<ParityCase> List()
    {
        var runs = Folder.Json(Index).Entries;
        foreach (var (run, entry) in runs)
        {
            Claim(entry);
            yield return FileCase($"{run}.safetensors", (file, checks) =>
            {
                var recorded = new RecordedRun(Folder, entry, file);
                if (recorded.Pictures > 0)
                {
                    new PictureRun(_pipeline.Value, recorded, checks).Compare();
                }

                if (recorded.IsChat)
                {
                    new AnswerRun(_pipeline.Value, recorded, checks).Compare();
                }
            });
        }

        foreach (var file in Folder.WithEnding(".safetensors", runs.Select(r => $"{r.Key}.safetensors")))
        {
            yield return FileCase(file, CompareNoise);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _pipeline.IsValueCreated)
        {
            _pipeline.Value.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Claim(RecordedJson entry)
    {
        var pictures = entry["call"].Find("input_images")?.Items.Where(i => i.IsText).Select(i => i.Text) ?? [];
        foreach (var file in pictures.Concat(entry["png"].Texts))
        {
            Folder.Claim(file);
        }
    }

    /// <summary>Names are seed{number}.{shape}.{type}.</summary>
    private static void CompareNoise(RecordedFile file, CaseChecks checks)
    {
        foreach (var match in file.Names.Select(n => NoiseName().Match(n)).Where(m => m.Success).ToList())
        {
            var (name, shape) = (match.Value, file.Shape(match.Value));       // [B, C, h, w]
            var seed = long.Parse(match.Groups["seed"].Value, CultureInfo.InvariantCulture);
            var type = match.Groups["type"].Value == "bf16" ? ScalarType.BFloat16 : ScalarType.Float32;
            var drawn = Enumerable.Range(0, (int)shape[0])
                .Select(k => Noise.Starting(new GenerationRequest { Prompt = "", Seed = seed, BatchIndex = k }, shape[1], shape[2], shape[3], type));
            checks.Near(name, file.Floats(name), [.. drawn.SelectMany(d => d.Floats())], Tolerance.Exact);
        }
    }

    [GeneratedRegex(@"^seed(?<seed>\d+)\.\d+(x\d+){3}\.(?<type>fp32|bf16)$")]
    private static partial Regex NoiseName();
}
