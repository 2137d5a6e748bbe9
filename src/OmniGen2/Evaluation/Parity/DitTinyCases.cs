using System.Text.RegularExpressions;
using OmniGen2.Models.Diffusion;
using static TorchSharp.torch;

namespace OmniGen2.Evaluation.Parity;

/// <summary>The small transformer: all intermediate results, both ends of time, and bf16.</summary>
internal sealed partial class DitTinyCases : RecordedCases
{
    private const double LeastHalfCosine = 0.9995;

    /// <summary>Between two results in bf16: both have rounded, so both deviations count.</summary>
    private const double LeastCosineOfHalves = 1 - (2 * (1 - LeastHalfCosine));

    private static readonly Tolerance Single = Tolerance.OfLargest(1e-5);

    private readonly LoadedPart<OmniGen2Transformer> _model;
    private readonly LoadedPart<OmniGen2Transformer> _half;

    public DitTinyCases(ParitySource source)
        : base(source, "dit-tiny")
    {
        _model = Own(TransformerRun.Load(source, Name));
        _half = Own(TransformerRun.Load(source, Name, ScalarType.BFloat16));
    }

    public override IEnumerable<ParityCase> List()
    {
        Folder.Claim("config.json");
        Folder.Claim(TransformerRun.Weights);
        return Files.Select(file => FileCase(file, (tensors, checks) => Compare(file, tensors, checks)));
    }

    private IReadOnlyList<string> Files => Folder.WithEnding(".safetensors", TransformerRun.Weights);

    private void Compare(string file, RecordedFile tensors, CaseChecks checks)
    {
        if (!tensors.Has("input.text"))
        {
            CompareHalf(file, tensors, checks);
        }
        else if (tensors.Has("input.timestep"))
        {
            new TransformerRun(tensors, _model.Model, Device).Compare(checks, Single);
        }
        else
        {
            CompareTimes(tensors, checks);
        }
    }

    /// <summary>One sample at several times: input.t0.timestep and out.t0.*, and so on.</summary>
    private void CompareTimes(RecordedFile tensors, CaseChecks checks)
    {
        var run = new TransformerRun(tensors, _model.Model, Device);
        for (var i = 0; tensors.Has($"input.t{i}.timestep"); i++)
        {
            var seen = run.At(tensors.Tensor($"input.t{i}.timestep", Device));
            foreach (var name in tensors.Names.Where(n => n.StartsWith($"out.t{i}.", StringComparison.Ordinal)))
            {
                if (seen.TryGetValue(name[$"out.t{i}.".Length..], out var computed))
                {
                    checks.Near(name, tensors.Floats(name), computed, Single);
                }
            }
        }
    }

    /// <summary>A file without inputs is another case in bf16.</summary>
    private void CompareHalf(string file, RecordedFile half, CaseChecks checks)
    {
        const string output = "out.s0.output";
        var exact = Sibling(file, half.Shape(output));
        var computed = new TransformerRun(exact, _half.Model, Device).Velocity(0, ScalarType.BFloat16);
        checks.Points($"{output} in fp32", exact.Floats(output), computed, LeastHalfCosine);
        checks.Points(output, half.Floats(output), computed, LeastCosineOfHalves);
    }

    /// <summary>The file with inputs whose name begins most like this one's; the others are not opened, for they may be broken.</summary>
    private RecordedFile Sibling(string file, long[] shape) =>
        Files.Where(f => f != file).OrderByDescending(f => CommonStart(Plain(f), Plain(file))).Select(Folder.Open)
            .FirstOrDefault(t => t.Has("input.timestep") && t.Has("out.s0.output") && t.Shape("out.s0.output").SequenceEqual(shape))
        ?? throw new ModelException($"{file} holds results without inputs, and no other file of {Name} has inputs and a result of its shape [{string.Join(", ", shape)}].");

    private static string Plain(string file) => Sizes().Replace(Stem(file), "");

    private static int CommonStart(string a, string b) => a.Zip(b).TakeWhile(p => p.First == p.Second).Count();

    [GeneratedRegex(@"_?\d+x\d+")]
    private static partial Regex Sizes();
}
