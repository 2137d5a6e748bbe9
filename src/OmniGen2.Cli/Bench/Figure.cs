using static System.FormattableString;

namespace OmniGen2.Cli.Bench;

/// <summary>One number of a report.</summary>
/// <param name="Key">Its name in JSON.</param>
/// <param name="Label">What people read.</param>
/// <param name="Value">In the unit that the key names.</param>
/// <param name="Unit">How it is written for people.</param>
internal sealed record Figure(string Key, string Label, double Value, FigureUnit Unit)
{
    public string Text => Unit switch
    {
        FigureUnit.Seconds when Value < 1 => Invariant($"{Value * 1000:0.0} ms"),
        FigureUnit.Seconds => Invariant($"{Value:0.00} s"),
        FigureUnit.Rate => Invariant($"{Value:0.0} tok/s"),
        FigureUnit.Bytes => Invariant($"{Value / 1e9:0.00} GB"),
        FigureUnit.Ratio => Invariant($"{Value:0.000} x"),
        FigureUnit.Error => Invariant($"{Value:0.0e+0}"),
        FigureUnit.Decibel => Invariant($"{Value:0.0} dB"),
        FigureUnit.Bandwidth => Invariant($"{Value / 1e9:0.0} GB/s"),
        _ => Invariant($"{Value:0}"),
    };
}

internal enum FigureUnit
{
    Count,
    Seconds,
    Rate,
    Bytes,
    Ratio,
    Error,
    Decibel,
    Bandwidth,
}
