using System.Text.Json;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Api.Rest;

/// <summary>A picture as programs see it.</summary>
public sealed record PictureView
{
    public required Guid Id { get; init; }

    public required PictureKind Kind { get; init; }

    public Guid? Batch { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required string Prompt { get; init; }

    public required string NegativePrompt { get; init; }

    public required long Seed { get; init; }

    public required string Model { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; init; }

    public required bool IsPartial { get; init; }

    public required bool IsStarred { get; init; }

    public required int Rating { get; init; }

    public string? Description { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>Where the file lies; with /download?format=png, jpeg or webp after the id in another format.</summary>
    public required string Picture { get; init; }

    public required string Thumbnail { get; init; }

    public static PictureView Of(PictureRow row) => new()
    {
        Id = row.Id,
        Kind = row.Kind,
        Batch = row.Batch,
        Width = row.Width,
        Height = row.Height,
        Prompt = row.Prompt,
        NegativePrompt = row.NegativePrompt,
        Seed = row.Seed,
        Model = row.Model,
        CreatedAt = row.CreatedAt,
        DeletedAt = row.DeletedAt,
        IsPartial = row.IsPartial,
        IsStarred = row.IsStarred,
        Rating = row.Rating,
        Description = row.Description,
        Sha256 = row.Sha256,
        Picture = Links.Picture(row.Id),
        Thumbnail = Links.Thumbnail(row.Id),
    };
}

/// <summary>A page of what a search found.</summary>
/// <param name="Total">How many there are in all.</param>
/// <param name="Pictures">The page.</param>
/// <param name="Faults">What of the search could not be understood.</param>
public sealed record PicturePage(int Total, IReadOnlyList<PictureView> Pictures, IReadOnlyList<string> Faults);

/// <summary>All about a picture.</summary>
/// <param name="Picture">Its row.</param>
/// <param name="Tags">By name.</param>
/// <param name="Parents">What it was made from, in order.</param>
/// <param name="Metadata">How it was made, as it stands in the file.</param>
public sealed record PictureDetails(PictureView Picture, IReadOnlyList<string> Tags, IReadOnlyList<Guid> Parents, JsonElement Metadata);

/// <summary>What is to be different; what is left out stays.</summary>
public sealed record PictureChange
{
    public bool? IsStarred { get; init; }

    /// <summary>0 to 5.</summary>
    public int? Rating { get; init; }
}

/// <summary>A family of pictures.</summary>
/// <param name="Nodes">The nearest kin first.</param>
/// <param name="IsWhole">False when the farthest are left out.</param>
public sealed record TreeView(IReadOnlyList<TreeNodeView> Nodes, bool IsWhole);

/// <param name="Id">Of the picture.</param>
/// <param name="Parents">What it was made from, in order.</param>
/// <param name="State">Whether it can be opened.</param>
/// <param name="Picture">Missing when it was deleted for good.</param>
public sealed record TreeNodeView(Guid Id, IReadOnlyList<Guid> Parents, TreeNodeState State, PictureView? Picture);

/// <summary>A board and how many pictures it shows; the search board:"name" lists them.</summary>
public sealed record BoardView(Guid Id, string Name, int Count);

public sealed record BoardName(string Name);

/// <summary>The address of a zip.</summary>
public sealed record ZipView(string Zip);

/// <summary>How many pictures it changed.</summary>
public sealed record ChangedView(int Changed);
