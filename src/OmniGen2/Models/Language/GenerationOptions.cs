using OmniGen2.Weights;

namespace OmniGen2.Models.Language;

/// <summary>How an answer is drawn token by token, and where it ends.</summary>
public sealed record GenerationOptions
{
    // Below this the most likely token wins any draw; published files write 1e-6 for "greedy".
    private const double GreedyBelow = 1e-4;

    public int MaxNewTokens { get; init; } = 256;

    /// <summary>0 takes the most likely token every time.</summary>
    public double Temperature { get; init; }

    /// <summary>Draws from this many most likely tokens; 0 from all.</summary>
    public int TopK { get; init; }

    /// <summary>Draws from the most likely tokens that together reach this probability.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Makes every id of the prompt and the answer less likely, each once.</summary>
    public double RepetitionPenalty { get; init; } = 1;

    /// <summary>Ids that the penalty counts as seen beside those of the prompt, as the original does with the padding of a batch.</summary>
    public IReadOnlyList<int> AlsoSeen { get; init; } = [];

    /// <summary>Ids that end the answer.</summary>
    public IReadOnlyList<int> EndIds { get; init; } = [];

    public long Seed { get; init; }

    /// <summary>Sees prompt and answer after every token and says whether the answer ends there, as stop strings do.</summary>
    public Func<IReadOnlyList<int>, bool>? Stop { get; init; }

    public bool IsGreedy => Temperature < GreedyBelow || TopK == 1;

    /// <summary>Reads a generation_config.json; where it is silent, what the original's library takes.</summary>
    public static GenerationOptions Load(string path)
    {
        var file = ConfigFile.Load(path);
        return new GenerationOptions
        {
            Temperature = file.Bool("do_sample", false) ? file.Double("temperature", 1) : 0,
            TopK = file.Int("top_k", 50),
            TopP = file.Double("top_p", 1),
            RepetitionPenalty = file.Double("repetition_penalty", 1),
            EndIds = file.OneOrMoreInts("eos_token_id"),
        };
    }
}
