using System.Globalization;
using System.Text.RegularExpressions;
using OmniGen2.Models.Diffusion;

namespace OmniGen2.Tests.Diffusion;

/// <summary>Runs the samples of a recorded case one by one and compares all that the original left behind.</summary>
internal sealed partial class GoldenRun(GoldenCase golden, OmniGen2Transformer model, double tolerance)
{
    public void CompareAll()
    {
        var seen = Enumerable.Range(0, golden.Samples).Select(Run).ToList();
        foreach (var output in golden.Outputs)
        {
            if (SampleName().Match(output) is { Success: true } match)
            {
                Compare(output, seen[int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)][match.Groups[2].Value]);
            }
            else
            {
                // A row a sample.
                Compare(output, [.. seen.SelectMany(s => s[output["out.".Length..]])]);
            }
        }
    }

    [GeneratedRegex(@"^out\.s(\d+)\.(.+?)(?:\.first4_rows)?$")]
    private static partial Regex SampleName();

    private Dictionary<string, float[]> Run(int sample)
    {
        var seen = new Dictionary<string, float[]>();
        model.Forward(golden.Latent(sample), golden.Timestep(sample), golden.Text(sample), golden.References(sample), (name, t) => seen[name] = t.Floats());
        return seen;
    }

    private void Compare(string name, float[] actual)
    {
        var isInteger = golden.File.DType(name) == "I32";
        var expected = isInteger ? golden.File.Longs(name).Select(v => (float)v).ToArray() : golden.File.Floats(name);
        var rows = name.EndsWith(".first4_rows", StringComparison.Ordinal) ? actual[..expected.Length] : actual;
        Closeness.Near(expected, rows, isInteger ? 0 : tolerance, name);
    }
}
