namespace OmniGen2.Web.History;

/// <summary>A finished picture in the index. The file is the truth: all of this can be read from it again.</summary>
public sealed class PictureRow
{
    /// <summary>The id of the job that made it, or one of its own.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose it is; null where the studio has no accounts.</summary>
    public string? Owner { get; init; }

    public PictureKind Kind { get; init; }

    /// <summary>The pictures that were asked for together share this; null for a single one.</summary>
    public Guid? Batch { get; init; }

    /// <summary>Stopped and kept: steps that were done, of those that were planned.</summary>
    public bool IsPartial { get; init; }

    public bool IsStarred { get; set; }

    /// <summary>1 … 5 by a person; 0 while nobody said.</summary>
    public int Rating { get; set; }

    /// <summary>When it went to the trash; null while it is not there.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>What the language model sees in it; null while nobody asked.</summary>
    public string? Description { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Path below the folder of pictures.</summary>
    public required string File { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required string Prompt { get; init; }

    public required string NegativePrompt { get; init; }

    public required long Seed { get; init; }

    /// <summary>Everything about how it was made: the same JSON that stands in the file.</summary>
    public required string Metadata { get; init; }

    /// <summary>Name of the checkpoint.</summary>
    public required string Model { get; init; }

    public required double DurationMilliseconds { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Of the file, lower-case hex.</summary>
    public required string Sha256 { get; init; }
}
