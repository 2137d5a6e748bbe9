using System.Globalization;
using System.Text.RegularExpressions;
using OmniGen2.Models.Diffusion;
using OmniGen2.Weights;

namespace OmniGen2.Evaluation.Parity;

/// <summary>A low-rank change of the small transformer, at the scales that the names of the results say.</summary>
internal sealed partial class LoraCases(ParitySource source) : RecordedCases(source, "lora")
{
    private const string Change = "pytorch_lora_weights.safetensors";
    private const string FusedWeight = "out.fused_weight.";

    private static readonly Tolerance Allowed = Tolerance.OfLargest(1e-5);

    private readonly ParitySource _source = source;

    public override IEnumerable<ParityCase> List()
    {
        Folder.Claim(Change);
        return Folder.WithEnding(".safetensors", Change).Select(file => FileCase(file, Compare));
    }

    private void Compare(RecordedFile file, CaseChecks checks)
    {
        foreach (var byScale in file.Names.Where(n => n.StartsWith("out.", StringComparison.Ordinal)).GroupBy(Scale).Where(g => g.Key is not null))
        {
            using var weights = _source.Open(_source.Set.Folder("dit-tiny").Claim(TransformerRun.Weights));
            var changed = weights.WithLora(LoraFile.Load(Folder.Claim(Change)), byScale.Key!.Value);
            var config = TransformerConfig.Load(_source.Set.Folder("dit-tiny").Claim("config.json"));
            var model = changed.Build(w => new OmniGen2Transformer(config, w));
            var velocity = new Lazy<float[]>(() => new TransformerRun(file, model, Device).Velocity(0));
            foreach (var name in byScale)
            {
                var computed = name.StartsWith(FusedWeight, StringComparison.Ordinal)
                    ? changed.Parameters.GetValueOrDefault($"{name[FusedWeight.Length..]}.weight")?.Floats() ?? []
                    : velocity.Value;
                checks.Near(name, file.Floats(name), computed, Allowed);
            }
        }
    }

    /// <summary>0 without the change, 1 where nothing is said; null for a name that means nothing here.</summary>
    private static double? Scale(string name) => ScaleOf().Match(name) switch
    {
        { Success: true } match => double.Parse(match.Groups[1].Value.Replace('_', '.'), CultureInfo.InvariantCulture),
        _ when name.EndsWith(".output_base", StringComparison.Ordinal) => 0,
        _ when name.StartsWith(FusedWeight, StringComparison.Ordinal) => 1,
        _ => null,
    };

    [GeneratedRegex(@"\.output_\w*scale_(\d+(?:_\d+)?)$")]
    private static partial Regex ScaleOf();
}
