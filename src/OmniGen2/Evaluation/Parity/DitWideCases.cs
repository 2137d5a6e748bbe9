using OmniGen2.Models.Diffusion;
using OmniGen2.Weights;

namespace OmniGen2.Evaluation.Parity;

/// <summary>A transformer whose conditioning is narrower than the network; its weights are not stored but made by a formula.</summary>
internal sealed class DitWideCases : RecordedCases
{
    private const string Recipe = "fill.json";

    private static readonly Tolerance Allowed = Tolerance.OfLargest(1e-5);

    private readonly LoadedPart<OmniGen2Transformer> _model;
    private FormulaSource? _source;

    public DitWideCases(ParitySource source)
        : base(source, "dit-wide")
    {
        _model = Own(new LoadedPart<OmniGen2Transformer>(
            () => _source = Formula(),
            weights => new OmniGen2Transformer(TransformerConfig.Read(ConfigFile.Load(Folder.Claim(Recipe)).Section("config")), weights)));
    }

    public override IEnumerable<ParityCase> List()
    {
        Folder.Claim(Recipe);
        var files = Folder.WithEnding(".safetensors");
        return files.Select(file => FileCase(file, (tensors, checks) => new TransformerRun(tensors, _model.Model, Device).Compare(checks, Allowed)))
            .Prepend(Case(Stem(Recipe), CompareFill));
    }

    private FormulaSource Formula()
    {
        var recipe = Folder.Json(Recipe);
        var shapes = recipe["tensors"].Entries.ToDictionary(e => e.Key, e => e.Value["shape"].Items.Select(d => d.Long).ToArray());
        return new FormulaSource(shapes, checked((uint)(recipe.Find("salt")?.Long ?? 0)), Folder.Claim(Recipe), Device);
    }

    private void CompareFill(CaseChecks checks)
    {
        _ = _model.Model;
        var recipe = Folder.Json(Recipe);
        foreach (var (name, recorded) in recipe["tensors"].Entries)
        {
            var made = _source!.Made[name];
            var squares = recorded["sum_of_squares_fp64"].Double;
            checks.Same($"{name}: crc32_of_name", recorded["crc32_of_name"].Long, ClosedFormWeights.Crc(name));
            checks.Same($"{name}: first4", recorded["first4"].Items.Select(v => (float)v.Double), made.First);
            checks.Same($"{name}: last", (float)recorded["last"].Double, made.Last);
            checks.Near($"{name}: sum_fp64", recorded["sum_fp64"].Double, made.Sum, 1e-9 * squares);
            checks.Near($"{name}: sum_of_squares_fp64", squares, made.SumOfSquares, 1e-9 * squares);
        }

        checks.Same("parameters", recipe["parameters"].Long, _source!.Made.Values.Sum(m => m.Count));
    }
}
