using OmniGen2.Sampling;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Training.Diffusion;

/// <summary>A task before the frozen parts have seen it.</summary>
/// <param name="Task">What is learnt.</param>
/// <param name="Prompt">As the language model reads it.</param>
/// <param name="References">Scenes of the pictures that the transformer sees.</param>
/// <param name="Target">The picture to make.</param>
internal sealed record DiffusionSample(DiffusionTaskKind Task, PromptToRead Prompt, IReadOnlyList<Scene> References, Scene Target);
