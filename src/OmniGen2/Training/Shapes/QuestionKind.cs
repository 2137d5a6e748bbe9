namespace OmniGen2.Training.Shapes;

/// <summary>What may be asked about a picture.</summary>
public enum QuestionKind
{
    Caption,
    Count,
    Colour,
    Shape,
    Where,
    YesNo,
    Background,
    Pattern,
    Relation,
}
