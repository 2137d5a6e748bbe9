namespace OmniGen2.Training.Flow;

/// <summary>What a sample is trained without.</summary>
public readonly record struct DroppedConditions(bool Prompt, bool References);
