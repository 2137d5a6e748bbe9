namespace OmniGen2.Training.Shapes;

/// <summary>An instruction that turns one scene into another.</summary>
public sealed record EditTask(EditKind Kind, string Instruction, Scene Source, Scene Target);
