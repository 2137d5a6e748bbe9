using OmniGen2.Imaging;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Components.Pages.Picture;

/// <summary>All that the page of a picture shows of it.</summary>
/// <param name="Row">The picture.</param>
/// <param name="Metadata">How it was made.</param>
/// <param name="Parents">What it was made from, as far as that is there.</param>
public sealed record PictureView(PictureRow Row, GenerationMetadata Metadata, IReadOnlyList<PictureRow> Parents)
{
    public bool IsFileMissing { get; init; }

    /// <summary>What a judge said of it; null when none looked at it.</summary>
    public VerdictRow? Verdict { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>How long its job waited; null when that is no longer known.</summary>
    public TimeSpan? Waited { get; init; }

    /// <summary>Null when it has none.</summary>
    public Film? Film { get; init; }

    /// <summary>The steps from which can be gone on.</summary>
    public IReadOnlyList<int> Kept { get; init; } = [];

    /// <summary>Why there are none, as a sentence.</summary>
    public string WhyNoneKept { get; init; } = "";

    /// <summary>What its words are.</summary>
    public string Label => Row.Kind switch
    {
        PictureKind.Upload => "File name",
        PictureKind.Edited => "Instruction",
        _ => "Prompt",
    };
}

/// <summary>Gathers what is known of a picture.</summary>
public sealed class PictureReader(ImageStore images, StepStore steps, JobStore jobs, PictureTags tags, VerdictStore verdicts, History.Gallery gallery, RuleBook rules)
{
    /// <summary>Now, and whenever a picture may be another one than it was: its star, rating, tags, or the trash.</summary>
    public IAsyncEnumerable<long> Changes(CancellationToken cancellationToken) => gallery.Watch(cancellationToken);

    /// <summary>Null when there is no such picture; one in the trash is read as any other.</summary>
    public async Task<PictureView?> Read(Guid id, CancellationToken cancellationToken)
    {
        if (await images.Find(id, cancellationToken) is not { } row)
        {
            return null;
        }

        var metadata = GenerationMetadata.Parse(row.Metadata);
        var parents = await images.ParentsOf(id, cancellationToken);
        var known = await images.Find([.. parents], cancellationToken);
        var job = await jobs.Find(id, cancellationToken);
        return new PictureView(row, metadata, [.. parents.Distinct().Where(known.ContainsKey).Select(x => known[x])])
        {
            Verdict = (await verdicts.RoundsWith(id, cancellationToken)).FirstOrDefault(x => x.PictureId == id),
            Tags = [.. tags.Of([id]).Select(x => x.Tag)],
            IsFileMissing = images.FileOf(row) is null,
            Waited = job?.StartedAt - job?.CreatedAt,
            Film = steps.FilmOf(row),
            Kept = steps.StatesOf(id),
            WhyNoneKept = WhyNone(row, metadata),
        };
    }

    private string WhyNone(PictureRow row, GenerationMetadata metadata) => (row.Kind, metadata.StepsDone, rules.Current) switch
    {
        (PictureKind.Step, _, _) => "This is a step that was kept: go on from the picture that it is a step of.",
        (_, <= StepTrail.StateEvery, _) => $"{metadata.StepsDone} steps are too few to go on from: every {StepTrail.StateEvery}th is kept, the last is the picture itself.",
        (_, _, { StepsMegabytes: 0 } or { StepsDays: 0 }) => "This studio keeps no steps to go on from: its days or megabytes for steps are 0.",
        _ => $"The steps to go on from were swept away: they stay for {rules.Current.StepsDays} days and within {rules.Current.StepsMegabytes:N0} MB. Run the picture again to have them back.",
    };
}
