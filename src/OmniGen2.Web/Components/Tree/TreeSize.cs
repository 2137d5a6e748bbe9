namespace OmniGen2.Web.Components.Tree;

/// <summary>How much room a row of the tree takes.</summary>
public enum TreeSize
{
    Small,
    Middle,
    Large,
}

public static class TreeSizes
{
    private const int RowsOfMiddle = 14;
    private const int RowsOfSmall = 40;

    /// <summary>What suits a tree at first sight.</summary>
    public static TreeSize For(int rows) => rows switch
    {
        > RowsOfSmall => TreeSize.Small,
        > RowsOfMiddle => TreeSize.Middle,
        _ => TreeSize.Large,
    };

    public static TreeSize Other(this TreeSize size, int by) => (TreeSize)Math.Clamp((int)size + by, (int)TreeSize.Small, (int)TreeSize.Large);

    internal static string Class(this TreeSize size) => size switch
    {
        TreeSize.Small => "tree--s",
        TreeSize.Middle => "tree--m",
        _ => "",
    };
}
