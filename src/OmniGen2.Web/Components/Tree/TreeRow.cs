namespace OmniGen2.Web.Components.Tree;

/// <summary>A row of the drawn tree.</summary>
/// <param name="Entry">What stands in it.</param>
/// <param name="Parent">The entry under which it stands; null for a root.</param>
/// <param name="Level">How deep, from 1.</param>
/// <param name="Column">How far to the right, from 0: a long line of edits stays in its column, only branches move.</param>
/// <param name="Passed">How many rows lie between it and its parent's: the line passes them.</param>
public sealed record TreeRow(TreeEntry Entry, Guid? Parent, int Level, int Column, int Passed)
{
    /// <summary>Stands beside its parent's line instead of in it.</summary>
    public bool IsBranch { get; init; }

    /// <summary>Which of its parent's children it is, from 1, and of how many.</summary>
    public int Place { get; init; } = 1;

    public int Siblings { get; init; } = 1;

    /// <summary>How many pictures of the same batch are folded into this row, itself included.</summary>
    public int Folded { get; init; } = 1;

    /// <summary>The rows of its batch are shown one by one and can be folded again.</summary>
    public bool IsUnfolded { get; init; }
}
