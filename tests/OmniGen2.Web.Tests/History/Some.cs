using OmniGen2.Imaging;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Tests.History;

/// <summary>Rows of pictures, without the files.</summary>
public static class Some
{
    public static readonly DateTimeOffset Noon = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    /// <param name="prompt">Its words, by which the tests know it.</param>
    /// <param name="age">Days before <see cref="Noon"/>.</param>
    /// <param name="seed">Its seed.</param>
    /// <param name="size">Width and height.</param>
    /// <param name="kind">How it came to be.</param>
    /// <param name="negative">Its negative prompt.</param>
    /// <param name="model">Name of the checkpoint.</param>
    /// <param name="partial">It was stopped and kept.</param>
    /// <param name="owner">Whose it is.</param>
    public static PictureRow Picture(
        string prompt = "a red circle",
        double age = 0,
        long seed = 1,
        (int Width, int Height)? size = null,
        PictureKind kind = PictureKind.Created,
        string negative = "",
        string model = "omnigen2-mini",
        bool partial = false,
        string? owner = null)
    {
        var (width, height) = size ?? (64, 64);
        var request = new GenerationRequest { Prompt = prompt, NegativePrompt = negative, Seed = seed, Steps = 28, Width = width, Height = height };
        var metadata = new GenerationMetadata { Request = request, Model = model, Width = width, Height = height, StepsDone = partial ? 17 : 28 };
        var id = Guid.NewGuid();
        return new PictureRow
        {
            Id = id,
            Owner = owner,
            Kind = kind,
            IsPartial = partial,
            CreatedAt = Noon.AddDays(-age),
            File = $"2026/06/{id:N}.png",
            Width = width,
            Height = height,
            Prompt = prompt,
            NegativePrompt = negative,
            Seed = seed,
            Metadata = metadata.ToJson(),
            Model = model,
            DurationMilliseconds = 1200,
            Bytes = 1000,
            Sha256 = Convert.ToHexStringLower(id.ToByteArray()),
        };
    }

    public static Task Keep(this TestStudio studio, params PictureRow[] pictures) => studio.Change(db => db.Pictures.AddRangeAsync(pictures));

    /// <summary>Edges from children to what they were made from, in order.</summary>
    public static Task Link(this TestStudio studio, params (PictureRow Child, PictureRow Parent)[] edges) => studio.Link([.. edges.Select(x => (x.Child.Id, x.Parent.Id))]);

    public static Task Link(this TestStudio studio, params (Guid Child, Guid Parent)[] edges) => studio.Change(db => db.Parents.AddRangeAsync(
        edges.GroupBy(x => x.Child).SelectMany(child => child.Select((x, i) => new ParentRow { PictureId = x.Child, Position = i, ParentId = x.Parent }))));
}
