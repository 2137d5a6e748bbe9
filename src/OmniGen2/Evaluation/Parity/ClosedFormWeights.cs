using System.Text;
using OmniGen2.Imaging;

namespace OmniGen2.Evaluation.Parity;

/// <summary>Weights that are not stored but made by a formula: integers modulo 2³², two operations in fp64, one cast to fp32.</summary>
internal static class ClosedFormWeights
{
    public static uint Crc(string name) => Crc32.Compute(Encoding.UTF8.GetBytes(name));

    public static float[] Fill(string name, long[] shape, uint salt)
    {
        var (start, amplitude) = Range(name, shape);
        var seed = Crc(name) ^ salt;
        var values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        for (var i = 0; i < values.Length; i++)
        {
            var h = unchecked(seed + ((uint)i * 0x9E3779B1u));
            h = unchecked((h ^ (h >> 16)) * 0x85EBCA6Bu);
            h = unchecked((h ^ (h >> 13)) * 0xC2B2AE35u);
            h ^= h >> 16;
            values[i] = (float)(start + (amplitude * (((h >> 8) / 8388608.0) - 1)));
        }

        return values;
    }

    private static (double Start, double Amplitude) Range(string name, long[] shape)
    {
        var isModulation = name.Contains(".norm1.linear.", StringComparison.Ordinal) || name.StartsWith("norm_out.linear_1.", StringComparison.Ordinal);
        var isWeight = name.EndsWith(".weight", StringComparison.Ordinal);
        return (name, isModulation, isWeight, shape.Length) switch
        {
            ("image_index_embedding", _, _, _) => (0, 0.5),
            (_, true, true, _) => (0, 0.125),
            (_, true, false, _) => (0, 0.25),
            (_, _, true, 1) => (1, 0.125),
            (_, _, false, 1) => (0, 0.125),
            _ => (0, 1.75 / Math.Sqrt(shape[1])),
        };
    }
}
