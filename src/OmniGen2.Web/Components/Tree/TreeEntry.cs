using OmniGen2.Imaging;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Jobs.Checking;

namespace OmniGen2.Web.Components.Tree;

/// <summary>What stands in a row of the tree: a picture, what is left of one, or a job that becomes one.</summary>
/// <param name="Id">Of the picture, or of the job that becomes it.</param>
/// <param name="Words">The instruction that led to it.</param>
/// <param name="Kind">How it came to be; null when nothing is known of it but its place.</param>
/// <param name="At">When; null as above.</param>
/// <param name="Parents">What it was made from, in order.</param>
public sealed record TreeEntry(Guid Id, string Words, PictureKind? Kind, DateTimeOffset? At, IReadOnlyList<Guid> Parents)
{
    public TreeNodeState State { get; init; }

    /// <summary>What becomes this picture; null once it is there.</summary>
    public Job? Job { get; init; }

    /// <summary>What a judge said of it; null when none looked at it.</summary>
    public VerdictRow? Verdict { get; init; }

    /// <summary>The pictures that were asked for together share this.</summary>
    public Guid? Batch { get; init; }

    /// <summary>It went on from a step of its last parent.</summary>
    public bool IsFromStep { get; init; }

    /// <summary>It followed on its last parent, because a judge had found fault with that.</summary>
    public bool IsLaterRound { get; init; }

    /// <summary>The parent under which it stands, where there are several: the one that it went on from or followed on, else the first.</summary>
    public Guid? MainParent(Func<Guid, bool> isShown) => (IsFromStep || IsLaterRound ? Parents.Reverse() : Parents).Where(isShown).Select(x => (Guid?)x).FirstOrDefault();

    public static TreeEntry Of(TreeNode node)
    {
        if (node.Picture is not { } picture)
        {
            return new TreeEntry(node.Id, "No longer there", Kind: null, At: null, node.Parents) { State = node.State };
        }

        var metadata = GenerationMetadata.Parse(picture.Metadata);
        return new TreeEntry(node.Id, picture.Prompt, picture.Kind, picture.CreatedAt, node.Parents)
        {
            State = node.State,
            Verdict = node.Verdict,
            Batch = picture.Batch,
            IsFromStep = metadata.From is not null,
            IsLaterRound = metadata.After is not null,
        };
    }

    /// <summary>Null for a job that makes no picture from pictures. A later round of one that checks itself stands under the round before.</summary>
    public static TreeEntry? Of(Job job) => (job.Picture, job.Latest) switch
    {
        ({ Reflection: not null } asked, JobUpdate.Working { Round: > 1 } work) =>
            Of(job, asked, PictureRound.PictureOf(job.Id, work.Round), [PictureRound.PictureOf(job.Id, work.Round - 1)]),
        ({ } asked, _) when ParentsOf(asked) is { Count: > 0 } parents => Of(job, asked, job.Id, parents),
        _ => null,
    };

    private static TreeEntry Of(Job job, PictureRequest asked, Guid id, IReadOnlyList<Guid> parents) =>
        new(id, asked.Words, asked.Kind, job.CreatedAt, parents) { Job = job, Batch = job.Batch, IsFromStep = asked.From is not null };

    private static IReadOnlyList<Guid> ParentsOf(PictureRequest asked) =>
        [.. asked.References.Select(x => x.Picture), .. asked.From is { } from ? new[] { from.Picture } : []];
}
