using OmniGen2.Imaging;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Jobs;

/// <summary>From ids to pixels: names the pictures of a request when it is taken, and reads them when it runs.</summary>
public sealed class References(ImageStore images)
{
    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth"];

    /// <summary>The request with every picture's digest and size; one that does not exist is a <see cref="ModelException"/>.</summary>
    public async Task<PictureRequest> Named(PictureRequest request, CancellationToken cancellationToken) => request with
    {
        References = await Named(request.References, "reference", cancellationToken),
        Turns = await Named(request.Turns, cancellationToken),
        From = await Named(request.From, cancellationToken),
    };

    public async Task<IReadOnlyList<ThreadTurn>> Named(IReadOnlyList<ThreadTurn> turns, CancellationToken cancellationToken)
    {
        var named = new List<ThreadTurn>();
        foreach (var turn in turns)
        {
            named.Add(turn with { Pictures = await Named(turn.Pictures, "shown", cancellationToken) });
        }

        return named;
    }

    /// <summary>What the pipeline draws, pixels included. A picture that cannot be read is a <see cref="ModelException"/>.</summary>
    public GenerationRequest Read(PictureRequest request) => request.Generation with
    {
        Images = Read(request.References, "reference"),
        Turns = Read(request.Turns),
    };

    public IReadOnlyList<ChatTurn> Read(IReadOnlyList<ThreadTurn> turns) =>
        [.. turns.Select(x => new ChatTurn(x.Role, x.Text) { Images = Read(x.Pictures, "shown") })];

    private async Task<StepOf?> Named(StepOf? step, CancellationToken cancellationToken)
    {
        if (step is null)
        {
            return null;
        }

        var picture = await images.Find(step.Picture, cancellationToken) ?? throw new ModelException("The picture to go on from is no longer in the history: choose another one.");
        return step with { Sha256 = picture.Sha256 };
    }

    private async Task<IReadOnlyList<Reference>> Named(IReadOnlyList<Reference> pictures, string role, CancellationToken cancellationToken)
    {
        var known = await images.Find([.. pictures.Select(x => x.Picture)], cancellationToken);
        return [.. pictures.Select((x, i) => known.TryGetValue(x.Picture, out var row) ? Reference.To(row) : throw Gone(role, i))];
    }

    private List<RgbImage> Read(IReadOnlyList<Reference> pictures, string role) => [.. pictures.Select((x, i) => Read(x, role, i))];

    private RgbImage Read(Reference picture, string role, int index)
    {
        var file = images.FileOf(picture.Picture, picture.Sha256) ?? throw Gone(role, index);
        try
        {
            return ImageFile.Open(file);
        }
        catch (ModelException fault)
        {
            throw new ModelException($"The {Ordinal(index)} {role} picture cannot be read: choose another one. {fault.Message}", fault);
        }
    }

    private static ModelException Gone(string role, int index) =>
        new($"The {Ordinal(index)} {role} picture is no longer in the history: choose another one.");

    private static string Ordinal(int index) => index < Ordinals.Length ? Ordinals[index] : $"{index + 1}th";
}
