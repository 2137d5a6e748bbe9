namespace OmniGen2.Training.Shapes;

/// <summary>The ways to make one picture of several.</summary>
public enum ComposeKind
{
    /// <summary>The objects of two pictures, next to or above each other.</summary>
    Pair,

    /// <summary>The object of the second picture added to the first.</summary>
    Insert,

    /// <summary>The objects of three pictures in a row.</summary>
    Three,

    /// <summary>A pair on the background of a third picture.</summary>
    PairOnBackground,

    /// <summary>The object of one picture, moved and put on another background: the easy beginning.</summary>
    Single,
}
