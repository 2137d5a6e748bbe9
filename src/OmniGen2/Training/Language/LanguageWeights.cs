namespace OmniGen2.Training.Language;

/// <summary>What each loss counts beside the others; a section of the config. All but the first two belong to heads that are trained along and thrown away.</summary>
public sealed record LanguageWeights
{
    /// <summary>Next token of answers.</summary>
    public double Answer { get; init; } = 1;

    /// <summary>Next token of the user's words.</summary>
    public double Words { get; init; } = .25;

    /// <summary>A token of an answer of n tokens counts n^−this, so that long answers do not drown the short ones.</summary>
    public double LengthPower { get; init; } = .5;

    /// <summary>What every token of a picture shows.</summary>
    public double Dense { get; init; } = .5;

    /// <summary>How much more a picture's token on an object counts than one on the background.</summary>
    public double Foreground { get; init; } = 4;

    /// <summary>The token itself, read from its last hidden state.</summary>
    public double Echo { get; init; } = .5;

    /// <summary>What the prompt has said so far, read from the last hidden states.</summary>
    public double Parse { get; init; } = 1;

    /// <summary>Where the objects spoken of are in the picture, read in the middle of the layers.</summary>
    public double Ground { get; init; } = .5;

    /// <summary>Whether what is asked or requested is so, read late in the layers.</summary>
    public double Claim { get; init; } = .5;

    public void Check(string source)
    {
        (string Name, double Value)[] all =
        [
            ("answer", Answer), ("words", Words), ("length_power", LengthPower), ("dense", Dense),
            ("foreground", Foreground), ("echo", Echo), ("parse", Parse), ("ground", Ground), ("claim", Claim),
        ];
        foreach (var (name, value) in all)
        {
            ConfigRules.Require(source, value is >= 0 and <= 1000, $"weights.{name} = {value} must be from 0 to 1000");
        }
    }
}
