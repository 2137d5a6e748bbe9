using System.Text.Json.Serialization;
using OmniGen2.Imaging;
using OmniGen2.Reflection;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Jobs;

/// <summary>One to eight pictures of the same words; each becomes a job of its own.</summary>
public sealed record PictureRequest : JobRequest
{
    public const int MaxCount = 8;

    /// <summary>Words and numbers. Its pictures stay empty: they are <see cref="References"/> and <see cref="Turns"/>.</summary>
    public required GenerationRequest Generation { get; init; }

    /// <summary>Pictures to draw from, in order; "the first image" is the first.</summary>
    public IReadOnlyList<Reference> References { get; init; } = [];

    /// <summary>With <see cref="GenerationRequest.FromChat"/>: the conversation up to the user's turn that asked.</summary>
    public IReadOnlyList<ThreadTurn> Turns { get; init; } = [];

    /// <summary>Null: by the number of references and by whether a conversation asked.</summary>
    public PictureKind? Kind { get; init; }

    /// <summary>
    /// Begins where that picture stood after that step instead of at noise: with other words, guidance or references, but the same size and number of
    /// steps. With <see cref="PictureKind.Step"/> nothing is drawn: the step itself becomes a picture.
    /// </summary>
    public StepOf? From { get; init; }

    /// <summary>The picture checks itself and is improved in rounds; null: it is drawn once.</summary>
    public ReflectionBudget? Reflection { get; init; }

    /// <summary>How many were asked for together, 1 … <see cref="MaxCount"/>. Their seeds are S, S + 1, …</summary>
    public int Count { get; init; } = 1;

    /// <summary>Which of them this is, 1 … <see cref="Count"/>; set when the request is taken.</summary>
    public int Number { get; init; } = 1;

    /// <summary>What the person wrote, where words of a style were put around it.</summary>
    public string? Written { get; init; }

    [JsonIgnore]
    public override string Words => Generation.Prompt;

    internal PictureKind KindOfPicture => Kind ?? (Generation.FromChat, References.Count) switch
    {
        (true, _) => PictureKind.Answered,
        (_, 0) => PictureKind.Created,
        (_, 1) => PictureKind.Edited,
        _ => PictureKind.Composed,
    };

    /// <summary>Short enough to be read out and typed in again.</summary>
    public static long NewSeed() => Random.Shared.NextInt64(1L << 32);

    /// <summary>How large the picture will be, in pixels; with one reference that may not be what <see cref="Generation"/> says.</summary>
    public (int Width, int Height) Size(ModelInfo model)
    {
        var size = OutputSize(model);
        return (size.Width, size.Height);
    }

    /// <summary>As above, with the size at which it is drawn. Only the sides of the references count for this, and they are known without opening a file.</summary>
    internal OutputSize OutputSize(ModelInfo model) =>
        Imaging.OutputSize.For(Generation with { Images = [.. References.Select(x => new RgbImage(x.Width, x.Height, []))] }, model);
}
