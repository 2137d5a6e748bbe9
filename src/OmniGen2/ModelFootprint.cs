using static System.FormattableString;

namespace OmniGen2;

/// <summary>What a checkpoint takes of memory, in bytes, and what a picture takes beside it: an estimate from its sizes, meant to be rather too high.</summary>
public sealed record ModelFootprint
{
    /// <summary>The runtime, libtorch and what is not counted one by one.</summary>
    private const long Base = 300L << 20;

    /// <summary>Scores of attention are computed in pieces of so many numbers; twice, before and after softmax.</summary>
    private const long Scores = 2 * 32_000_000;

    /// <summary>A prompt with its template, roughly.</summary>
    private const long TextTokens = 256;

    private const int PixelsOfToken = 256;

    /// <summary>Weights of the three parts that can be let go of: those that lie in mapped files, or wait there for a GPU.</summary>
    public required IReadOnlyList<long> Parts { get; init; }

    /// <summary>Weights that are copies: they stay.</summary>
    public long Copies { get; init; }

    /// <summary>The largest layer with the one that is read ahead; on a GPU with those that are copied ahead.</summary>
    public required long Layers { get; init; }

    /// <summary>What stays on a GPU beside the layers while a part works, of the part that has most.</summary>
    public long Rest { get; init; }

    /// <summary>Memory of this machine that weights pass through on their way to a GPU.</summary>
    public long Pinned { get; init; }

    /// <summary>Whether all this is memory of a GPU.</summary>
    public bool IsOnDevice { get; init; }

    /// <summary>Width of the transformer and of its feed-forward.</summary>
    public required int Width { get; init; }

    public required long FeedForward { get; init; }

    /// <summary>Channels of the autoencoder at the picture's own size, and the largest of its maps that is computed whole.</summary>
    public required int Channels { get; init; }

    public required long LargestMap { get; init; }

    /// <summary>Bytes of a number.</summary>
    public required int NumberBytes { get; init; }

    /// <summary>Weights that stay in memory in a mode.</summary>
    public long Weights(Residency mode) => Copies + mode switch
    {
        Residency.Streamed => Math.Min(Layers + Rest, Parts.Sum()),
        Residency.Model => Parts.Max(),
        _ => Parts.Sum(),
    };

    /// <summary>Memory in which a picture is drawn in a mode, weights and all.</summary>
    /// <param name="mode">Not <see cref="Residency.Auto"/>.</param>
    /// <param name="pixels">Of the picture.</param>
    /// <param name="references">Pixels of each reference, as the model sees them.</param>
    public long Of(Residency mode, long pixels, params IReadOnlyList<long> references) =>
        Base + Weights(mode) + Math.Max(Transformer(pixels + references.Sum()), Autoencoder(references.Append(pixels).Max()));

    /// <summary>The first mode in which a picture fits.</summary>
    public Residency Choose(long free, long pixels, params IReadOnlyList<long> references) =>
        Of(Residency.All, pixels, references) <= free ? Residency.All
        : Of(Residency.Model, pixels, references) <= free ? Residency.Model
        : Residency.Streamed;

    /// <summary>Why a mode, in a sentence.</summary>
    public string Why(Residency mode, long free, long pixels)
    {
        var work = Of(mode, pixels) - Weights(mode);
        return $"{How(mode)}: " + mode switch
        {
            Residency.All => $"their {Text(Weights(mode))} and {Text(work)} to work with fit into the {Text(free)} that are free{There}.",
            Residency.Model => $"all {Text(Weights(Residency.All))} of weights do not fit into the {Text(free)} that are free{There} beside {Text(work)} to work with, the largest part with {Text(Weights(mode))} does.",
            _ => $"not even the largest part of the model, {Text(Weights(Residency.Model))}, fits into the {Text(free)} that are free{There} beside {Text(work)} to work with.",
        };
    }

    /// <summary>What a mode does, as the beginning of a sentence.</summary>
    public string How(Residency mode) => mode switch
    {
        Residency.All => $"All weights stay {Where}",
        Residency.Model => $"One part of the model at a time stays {Where}",
        _ => IsOnDevice ? "Layers are copied from their files to the GPU as they run" : "Layers are read from their files as they run",
    };

    /// <summary>Bytes for people.</summary>
    public static string Text(long bytes) => bytes < 1_000_000_000 ? Invariant($"{Math.Max(1, bytes / 1_000_000)} MB") : Invariant($"{bytes / 1e9:0.0} GB");

    /// <summary>What one more picture takes that goes through the layers beside another: the tokens of its three branches, before and behind a layer.</summary>
    /// <param name="pixels">Of the picture and its references.</param>
    public long Beside(long pixels) => 6L * Tokens(pixels) * Width * NumberBytes;

    /// <summary>Behind "are free".</summary>
    internal string There => IsOnDevice ? " on the GPU" : "";

    private string Where => IsOnDevice ? "on the GPU" : "in memory";

    private static long Tokens(long pixels) => TextTokens + (pixels / PixelsOfToken);

    // Tokens in the stream of three branches, normed, as heads and mixed; three times the feed-forward's inner width.
    private long Transformer(long pixels)
    {
        var tokens = Tokens(pixels);
        return (tokens * ((12L * Width) + (3L * FeedForward)) * NumberBytes) + (Scores * NumberBytes);
    }

    // Three maps at the picture's size; a map that is computed whole is copied in fp32 besides, a larger one in bands.
    private long Autoencoder(long pixels)
    {
        var map = pixels * Channels;
        return (3 * map * NumberBytes) + (4 * sizeof(float) * Math.Min(map, LargestMap));
    }
}
