namespace OmniGen2.Training.Shapes;

/// <summary>A request, a picture that meets it or has one fault, and the verdict.</summary>
/// <param name="Fault">What is wrong with the picture.</param>
/// <param name="Request">The words the picture is measured against.</param>
/// <param name="Question">The whole question, with the request in it.</param>
/// <param name="Score">0 to 25.</param>
/// <param name="Answer">The score and what should be otherwise.</param>
/// <param name="Asked">The scene the request describes.</param>
/// <param name="Shown">The scene of the picture.</param>
public sealed record JudgeTask(JudgeFault Fault, string Request, string Question, int Score, string Answer, Scene Asked, Scene Shown);
