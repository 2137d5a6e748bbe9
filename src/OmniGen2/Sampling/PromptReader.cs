using OmniGen2.Imaging;
using OmniGen2.Models.Language;
using OmniGen2.Tokenization;

namespace OmniGen2.Sampling;

/// <summary>Brings prompts and conversations into the form in which the language model reads them, when sampling and when training.</summary>
internal sealed class PromptReader(PromptTemplate template, QwenImageProcessor images)
{
    public int CountTokens(RgbImage image) => images.CountTokens(image);

    /// <summary>The image pipeline's form: the language model sees no pictures.</summary>
    public PromptToRead Plain(string prompt, bool trusted = false, int maxTokens = int.MaxValue) =>
        new(template.Encode(PromptTemplate.ForImage(prompt, trusted), null, maxTokens), [], IsChat: false);

    /// <summary>A conversation, up to the header of its next answer.</summary>
    public PromptToRead Conversation(IReadOnlyList<ChatTurn> turns, bool trusted = false, int maxTokens = int.MaxValue)
    {
        // Only one prompt can be trusted: nobody records conversations of the original.
        var text = turns is [var only] ? PromptTemplate.ForChat(only.Text, only.Images.Count, trusted) : PromptTemplate.ForChat(turns);
        RgbImage[] pictures = [.. turns.SelectMany(t => t.Images)];
        return new PromptToRead(template.Encode(text, [.. pictures.Select(CountTokens)], maxTokens), pictures, IsChat: true);
    }

    /// <summary>With the pictures cut into patches.</summary>
    public QwenPrompt Prepare(PromptToRead prompt) => new(prompt.Ids, [.. prompt.Images.Select(images.Process)]);
}
