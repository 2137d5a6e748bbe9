namespace OmniGen2.Training.Shapes;

/// <summary>An instruction over one to three reference pictures, and the picture it asks for.</summary>
public sealed record ComposeTask(ComposeKind Kind, string Instruction, IReadOnlyList<Scene> References, Scene Target);
