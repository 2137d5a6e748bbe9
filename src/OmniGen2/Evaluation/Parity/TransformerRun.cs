using System.Globalization;
using System.Text.RegularExpressions;
using OmniGen2.Models.Diffusion;
using static TorchSharp.torch;

namespace OmniGen2.Evaluation.Parity;

// b sample · j reference

/// <summary>A recorded run of the transformer, done again sample by sample and without padding.</summary>
internal sealed partial class TransformerRun(RecordedFile file, OmniGen2Transformer model, Device device)
{
    public const string Weights = "diffusion_pytorch_model.safetensors";

    private const string Prefix = "out.";

    private readonly TransformerInputs _inputs = new(file.Has, name => file.Tensor(name, device));

    /// <summary>The transformer of a folder in the published layout.</summary>
    public static LoadedPart<OmniGen2Transformer> Load(ParitySource source, string folder, ScalarType dtype = ScalarType.Float32) => new(
        () => source.Open(source.Set.Folder(folder).Claim(Weights), dtype),
        weights => new OmniGen2Transformer(TransformerConfig.Load(source.Set.Folder(folder).Claim("config.json")), weights));

    /// <summary>Everything that the original left behind: a value a sample, or a row a sample.</summary>
    public void Compare(CaseChecks checks, Tolerance tolerance)
    {
        var samples = Enumerable.Range(0, _inputs.Count).ToList();
        var seen = samples.Select(Record).ToList();
        foreach (var name in file.Names.Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var match = OfSample().Match(name);
            var sources = match.Success ? seen[Number(match)..(Number(match) + 1)] : seen;
            var key = match.Success ? match.Groups[2].Value : name[Prefix.Length..];
            if (sources.All(s => s.ContainsKey(key)))
            {
                Compare(checks, name, [.. sources.SelectMany(s => s[key])], match.Groups[3].Success, tolerance);
            }
        }

        // Without a recorder the last layer leaves out all tokens that nobody reads.
        foreach (var b in samples.Where(b => file.Has(Output(b))))
        {
            checks.Near($"{Output(b)}, as sampled", file.Floats(Output(b)), Velocity(b), tolerance);
        }
    }

    /// <summary>The first sample at another time, with the records of the timestep's embedding.</summary>
    public Dictionary<string, float[]> At(Tensor timestep) => Record(0, timestep);

    public float[] Velocity(int sample, ScalarType timestepType = ScalarType.Float32) =>
        _inputs.Forward(model, sample, timestepType).Floats();

    private static string Output(int sample) => $"out.s{sample}.output";

    private static int Number(Match match) => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^out\.s(\d+)\.(.+?)(\.first\d+_rows)?$")]
    private static partial Regex OfSample();

    private Dictionary<string, float[]> Record(int sample) => Record(sample, _inputs.Timestep(sample));

    private Dictionary<string, float[]> Record(int sample, Tensor timestep)
    {
        var seen = new Dictionary<string, float[]>();
        model.Forward(_inputs.Latent(sample), timestep, _inputs.Text(sample), _inputs.References(sample), (name, value) => seen[name] = value.Floats());
        return seen;
    }

    private void Compare(CaseChecks checks, string name, float[] computed, bool firstRowsOnly, Tolerance tolerance)
    {
        if (file.IsFloating(name))
        {
            var recorded = file.Floats(name);
            checks.Near(name, recorded, firstRowsOnly && computed.Length > recorded.Length ? computed[..recorded.Length] : computed, tolerance);
        }
        else
        {
            checks.Same(name, file.Longs(name), computed.Select(v => (long)v));
        }
    }
}
