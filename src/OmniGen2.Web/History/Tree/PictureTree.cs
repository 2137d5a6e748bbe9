namespace OmniGen2.Web.History;

/// <summary>A picture with all that it came from and all that came of that.</summary>
/// <param name="Picture">Whose tree it is.</param>
/// <param name="Nodes">Nearest kin first: the picture, its ancestors, its descendants, then the descendants of its ancestors.</param>
/// <param name="Beside">Pictures that some of the nodes were made from too, without being of this family; the tree does not go on from them.</param>
/// <param name="IsWhole">False when there is more than was asked for: the farthest kin are left out.</param>
public sealed record PictureTree(Guid Picture, IReadOnlyList<TreeNode> Nodes, IReadOnlyDictionary<Guid, TreeNode> Beside, bool IsWhole)
{
    public static PictureTree Empty { get; } = new(Guid.Empty, [], new Dictionary<Guid, TreeNode>(), IsWhole: true);
}

/// <summary>A picture in the tree, or the place of one.</summary>
/// <param name="Id">The picture's id.</param>
/// <param name="Picture">Null when it was deleted for good and only its edges are left.</param>
/// <param name="State">Whether it can be opened.</param>
/// <param name="Parents">What it was made from, in order; each is a node or stands in <see cref="PictureTree.Beside"/>, unless the tree is not whole.</param>
public sealed record TreeNode(Guid Id, PictureRow? Picture, TreeNodeState State, IReadOnlyList<Guid> Parents)
{
    /// <summary>What a judge said of it; null when none looked at it.</summary>
    public VerdictRow? Verdict { get; init; }
}

/// <summary>What is left of a picture in the tree.</summary>
public enum TreeNodeState
{
    Here,

    /// <summary>In the trash, from where it can come back.</summary>
    InTrash,

    /// <summary>Somebody took the file away; the index still knows the picture.</summary>
    FileMissing,

    /// <summary>Deleted for good.</summary>
    Gone,
}
