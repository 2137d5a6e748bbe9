using OmniGen2.Imaging;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

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

    /// <summary>The pictures that were asked for together share this.</summary>
    public Guid? Batch { get; init; }

    /// <summary>It went on from a step of its last parent.</summary>
    public bool IsFromStep { get; init; }

    /// <summary>The parent under which it stands, where there are several: the one from whose step it went on, else the first.</summary>
    public Guid? MainParent(Func<Guid, bool> isShown) => (IsFromStep ? Parents.Reverse() : Parents).Where(isShown).Select(x => (Guid?)x).FirstOrDefault();

    public static TreeEntry Of(TreeNode node) => node.Picture is not { } picture
        ? new TreeEntry(node.Id, "No longer there", Kind: null, At: null, node.Parents) { State = node.State }
        : new TreeEntry(node.Id, picture.Prompt, picture.Kind, picture.CreatedAt, node.Parents)
        {
            State = node.State,
            Batch = picture.Batch,
            IsFromStep = GenerationMetadata.Parse(picture.Metadata).From is not null,
        };

    /// <summary>Null for a job that makes no picture from pictures.</summary>
    public static TreeEntry? Of(Job job) => job.Picture is { } asked && ParentsOf(asked) is { Count: > 0 } parents
        ? new TreeEntry(job.Id, asked.Words, asked.Kind, job.CreatedAt, parents) { Job = job, Batch = job.Batch, IsFromStep = asked.From is not null }
        : null;

    private static IReadOnlyList<Guid> ParentsOf(PictureRequest asked) =>
        [.. asked.References.Select(x => x.Picture), .. asked.From is { } from ? new[] { from.Picture } : []];
}
