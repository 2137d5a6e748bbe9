namespace OmniGen2.Weights;

/// <summary>How a parameter starts when there is no file to read it from.</summary>
/// <param name="Kind">The distribution.</param>
/// <param name="Scale">Its width; what that means is said where the kinds are made.</param>
public readonly record struct Init(InitKind Kind, double Scale)
{
    public static Init Zeros { get; } = new(InitKind.Constant, 0);

    public static Init Ones { get; } = new(InitKind.Constant, 1);

    /// <summary>Normal with this standard deviation.</summary>
    public static Init Normal(double deviation = 0.02) => new(InitKind.Normal, deviation);

    /// <summary>Normal with deviation gain / √(inputs of one output).</summary>
    public static Init FanIn(double gain = 1) => new(InitKind.FanIn, gain);

    /// <summary>Uniform within ± gain · √(6 / (inputs + outputs)), as Glorot and Bengio.</summary>
    public static Init Xavier(double gain = 1) => new(InitKind.Xavier, gain);
}

public enum InitKind
{
    Constant,
    Normal,
    FanIn,
    Xavier,
}
