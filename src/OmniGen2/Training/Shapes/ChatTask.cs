namespace OmniGen2.Training.Shapes;

/// <summary>A message to the assistant: small talk gets words, a wish for a picture gets <see cref="PictureToken"/>.</summary>
/// <param name="Message">What the user writes.</param>
/// <param name="Pictures">What the user shows: nothing, the picture to edit, or the references.</param>
/// <param name="Answer">Words, or the token that starts a picture.</param>
/// <param name="Target">The picture wished for; none for small talk.</param>
public sealed record ChatTask(string Message, IReadOnlyList<Scene> Pictures, string Answer, Scene? Target)
{
    /// <summary>The token with which the language model hands over to the picture model.</summary>
    public const string PictureToken = "<|img|>";
}
