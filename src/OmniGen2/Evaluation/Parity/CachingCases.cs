using OmniGen2.Models.Diffusion;

namespace OmniGen2.Evaluation.Parity;

/// <summary>Sampling runs of the small transformer with both caches and without: every decision and every velocity.</summary>
internal sealed class CachingCases : RecordedCases
{
    private const string Inputs = "inputs.safetensors";
    private const string Index = "index.json";

    private readonly ParitySource _source;
    private LoadedPart<OmniGen2Transformer>? _model;

    public CachingCases(ParitySource source)
        : base(source, "caching")
    {
        _source = source;
    }

    public override IEnumerable<ParityCase> List()
    {
        Folder.Claim(Inputs);
        var index = Folder.Json(Index);
        _model = Own(TransformerRun.Load(_source, Path.GetFileName(index["weights"].Text)));
        return index["runs"].Entries.Select(run => FileCase($"{run.Key}.safetensors", (file, checks) =>
            new CachedRun(run.Value, Folder.Open(Inputs), file, Device).Compare(_model.Model, checks)));
    }
}
